import { quote } from '../xml/quote.ts';
import { isBlank } from '../xml/xml-characters.ts';
import { type ArrayType, type Member, type SchemaType, typeLabel } from './contract-model.ts';
import { nextChild, skipContent, textContent } from './element-content.ts';
import type { ElementReader } from './element-reader.ts';
import { InvalidValue } from './invalid-value.ts';
import type { ReadingRules } from './reading-rules.ts';
import { parseBoolean, SIMPLE_TYPES } from './simple-types.ts';
import { XSI_NAMESPACE } from './soap-version.ts';

/** Reads an element, from its start to its end, into a value. Throws InvalidValue, or XmlError. */
export type Decoder = (reader: ElementReader) => unknown;

/** A value for an element that is not there, or nil; throws by way of `fail` where there must be one. */
type Absent = (fail: () => never) => unknown;

/** How the items of an array are told: the one thing in which the two bindings decode differently. */
export type CompileArray = (type: ArrayType, decodeItem: Decoder) => Decoder;

/**
 * Compiles a type to a function that reads and checks its values. Children match by local
 * name, in any order; what is missing or nil is null, an empty array or false where the
 * type or a rule lets it; `xsi:type` is not looked at.
 */
export function compileDecoder(
  type: SchemaType,
  rules: ReadingRules,
  compileArray: CompileArray = compileNamedArray,
): Decoder {
  switch (type.kind) {
    case 'simple': {
      const { parse } = SIMPLE_TYPES[type.name];
      return compileSimple(parse, typeLabel(type));
    }
    case 'array':
      return compileArray(type, compileItem(type.item, rules, compileArray));
    case 'sequence':
      return compileSequence(
        type.name,
        type.members.map((member) => compileMember(type.name, member, rules, compileArray)),
      );
  }
}

function compileSimple(parse: (content: string) => unknown, label: string): Decoder {
  return (reader) => {
    const content = textContent(reader, label);
    const value = parse(content);
    if (value === undefined) {
      throw new InvalidValue(reader.path(), `expected ${label}, got ${quote(content)}`);
    }
    return value;
  };
}

function compileItem(type: SchemaType, rules: ReadingRules, compileArray: CompileArray): Decoder {
  const label = typeLabel(type);
  return withNil(compileDecoder(type, rules, compileArray), label, (fail) => fail());
}

/** Items by their name. */
function compileNamedArray({ name, itemName }: ArrayType, decodeItem: Decoder): Decoder {
  const expected = `elements ${itemName} of ${name}`;
  return (reader) => {
    const items: unknown[] = [];
    const { depth } = reader;
    try {
      while (nextChild(reader, expected)) {
        if (reader.localName !== itemName) throw unknownElement(reader, expected);
        items.push(decodeItem(reader));
      }
    } catch (error) {
      if (error instanceof InvalidValue && error.path[depth] === itemName) {
        error.path[depth] = `${itemName}[${items.length + 1}]`;
      }
      throw error;
    }
    return items;
  };
}

interface MemberDecoder {
  readonly name: string;
  readonly label: string;
  readonly decode: Decoder;
  readonly absent: Absent;
}

function compileSequence(name: string, members: readonly MemberDecoder[]): Decoder {
  const expected = `elements of ${name}`;
  const byName = new Map(members.map((member, index) => [member.name, index]));
  return (reader) => {
    const values: unknown[] = new Array(members.length).fill(undefined);
    while (nextChild(reader, expected)) {
      const index = byName.get(reader.localName);
      const member = index === undefined ? undefined : members[index];
      if (index === undefined || !member) throw unknownElement(reader, expected);
      if (values[index] !== undefined)
        throw new InvalidValue(reader.path(), 'the element stands there twice');
      values[index] = member.decode(reader);
    }
    const object: Record<string, unknown> = {};
    for (let i = 0; i < members.length; i++) {
      const member = members[i] as MemberDecoder;
      object[member.name] = values[i] === undefined ? missing(reader, member) : values[i];
    }
    return object;
  };
}

function missing(reader: ElementReader, member: MemberDecoder): unknown {
  return member.absent(() => {
    throw new InvalidValue(
      [...reader.path(), member.name],
      `expected ${member.label}, the element is missing`,
    );
  });
}

function compileMember(
  owner: string,
  member: Member,
  rules: ReadingRules,
  compileArray: CompileArray,
): MemberDecoder {
  const { name, type } = member;
  const label = typeLabel(type);
  if (rules.ignored.includes(`${owner}.${name}`)) {
    return { name, label, decode: readIgnored, absent: () => null };
  }
  const absent = whenAbsent(owner, member, rules);
  const decode = withNil(compileDecoder(type, rules, compileArray), label, absent);
  return { name, label, decode, absent };
}

function whenAbsent(owner: string, member: Member, rules: ReadingRules): Absent {
  const { name, type } = member;
  const value = rules.missing[`${owner}.${name}`];
  if (value !== undefined) return () => value;
  if (member.nillable || member.optional) return () => null;
  if (type.kind === 'array') return () => [];
  // soap4r leaves out what is false.
  if (type.kind === 'simple' && type.name === 'boolean') return () => false;
  return (fail) => fail();
}

function readIgnored(reader: ElementReader): null {
  skipContent(reader);
  return null;
}

function withNil(decode: Decoder, label: string, absent: Absent): Decoder {
  return (reader) => {
    const nil = reader.attribute(XSI_NAMESPACE, 'nil');
    if (nil === undefined || !isTrue(reader, nil)) return decode(reader);
    const text = textContent(reader, 'nothing in an element with xsi:nil');
    if (!isBlank(text)) {
      throw new InvalidValue(reader.path(), `xsi:nil is true, but there is the text ${quote(text)}`);
    }
    return absent(() => {
      throw new InvalidValue(reader.path(), `expected ${label}, the element is nil`);
    });
  };
}

function isTrue(reader: ElementReader, nil: string): boolean {
  const value = parseBoolean(nil);
  if (value === undefined)
    throw new InvalidValue(reader.path(), `expected xsd:boolean in xsi:nil, got ${quote(nil)}`);
  return value;
}

function unknownElement(reader: ElementReader, expected: string): InvalidValue {
  return new InvalidValue(reader.path(), `an unknown element; expected ${expected}`);
}
