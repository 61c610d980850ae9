import { type BindingStyle, LITERAL_STYLE } from './binding-style.ts';
import type { ArrayType, Member, SchemaType, SequenceType } from './contract-model.ts';
import { EncodingError } from './encoding-error.ts';
import { isKept, keepBytes } from './kept-bytes.ts';
import { SIMPLE_TYPES } from './simple-types.ts';

/** An array whose items' bytes are kept. */
export interface KeptArray {
  readonly items: readonly Uint8Array[];
}

/** An array that comes batch by batch, and how each of its items is written. */
export interface StreamedArray {
  readonly batches: AsyncIterable<readonly unknown[]>;
  readonly encodeItem: (item: unknown) => string;
  /** How many items the start tag has promised; undefined = it promises nothing. */
  readonly count: number | undefined;
}

/** Batches of which it is known how many items they hold together. */
export interface CountedBatches<T> extends AsyncIterable<readonly T[]> {
  readonly count: number;
}

/** What is left out of a text. */
export type LeftOut = StreamedArray | KeptArray;

/**
 * Stands in the text where an array goes that is left out: the one character that nothing escaped
 * can hold, so whatever surrounds it is written by the same functions as ever.
 */
export const ARRAY_MARK = '\0';

/** A value as XML. Arrays that are streamed or kept are left in `arrays`, in the order of their marks. */
export type Encoder = (value: unknown, arrays: LeftOut[]) => string;

/** The element for one member of an object. */
export function compileMemberEncoder(
  owner: string,
  member: Member,
  style: BindingStyle = LITERAL_STYLE,
): Encoder {
  const { name, type } = member;
  const place = `${owner}.${name}`;
  const encode = compileContent(type, place, style);
  if (style.countsItems && type.kind === 'array') return compileCounted(member, encode, style);
  const open = `<${name}${style.attributes(type, 0)}>`;
  const close = `</${name}>`;
  if (!member.nillable && !member.optional) {
    return (value, arrays) => open + encode(value, arrays) + close;
  }
  const absent = absentElement(member, style);
  return (value, arrays) => (value === null ? absent : open + encode(value, arrays) + close);
}

/** An array whose start tag says how many items follow. */
function compileCounted(member: Member, encode: Encoder, style: BindingStyle): Encoder {
  const { name, type } = member;
  const absent = member.nillable || member.optional ? absentElement(member, style) : undefined;
  return (value, arrays) => {
    if (value === null && absent !== undefined) return absent;
    const content = encode(value, arrays);
    return `<${name}${style.attributes(type, countOf(value) ?? 0)}>${content}</${name}>`;
  };
}

function absentElement({ name, type, optional }: Member, style: BindingStyle): string {
  return optional && style.leavesOutOptional ? '' : `<${name}${style.attributes(type, 0)} xsi:nil="true"/>`;
}

function compileContent(type: SchemaType, place: string, style: BindingStyle): Encoder {
  switch (type.kind) {
    case 'simple': {
      const { format } = SIMPLE_TYPES[type.name];
      return (value) => format(value) ?? mismatch(place, `xsd:${type.name}`, value);
    }
    case 'array':
      return compileArray(type, place, style);
    case 'sequence':
      return compileSequence(type, place, style);
  }
}

function compileSequence(type: SequenceType, place: string, style: BindingStyle): Encoder {
  const names = type.members.map((member) => member.name);
  const encoders = type.members.map((member) => compileMemberEncoder(type.name, member, style));
  return (value, arrays) => {
    if (typeof value !== 'object' || value === null) mismatch(place, type.name, value);
    const object = value as Record<string, unknown>;
    let text = '';
    for (let i = 0; i < names.length; i++) {
      text += (encoders[i] as Encoder)(object[names[i] as string], arrays);
    }
    return text;
  };
}

function compileArray(type: ArrayType, place: string, style: BindingStyle): Encoder {
  const member: Member = { name: type.itemName, type: type.item, nillable: false, optional: false };
  const encodeMember = compileMemberEncoder(type.name, member, style);
  const encodeItem = (item: unknown): string => encodeMember(item, NO_ROOM);
  const keptItem = keepBytes(encodeItem);
  return (value, arrays) => {
    if (isBatches(value)) {
      if (arrays === NO_ROOM) throw new EncodingError(`${place}: a streamed array inside another`);
      const count = style.countsItems ? countOf(value) : undefined;
      if (style.countsItems && count === undefined) {
        throw new EncodingError(`${place}: a streamed array that does not say how many items come`);
      }
      arrays.push({ batches: value, encodeItem, count });
      return ARRAY_MARK;
    }
    if (!Array.isArray(value)) mismatch(place, type.name, value);
    if (arrays !== NO_ROOM && isKept(value[0])) {
      arrays.push({ items: value.map(keptItem) });
      return ARRAY_MARK;
    }
    let text = '';
    for (const item of value as readonly unknown[]) text += encodeMember(item, arrays);
    return text;
  };
}

/** An item of a streamed array is written as its batch arrives: a stream inside it has nowhere to go. */
const NO_ROOM: StreamedArray[] = [];

function countOf(value: unknown): number | undefined {
  return Array.isArray(value) ? value.length : (value as Partial<CountedBatches<unknown>>).count;
}

function isBatches(value: unknown): value is AsyncIterable<readonly unknown[]> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function mismatch(place: string, expected: string, value: unknown): never {
  throw new EncodingError(`${place}: expected ${expected}, got ${value === null ? 'null' : typeof value}`);
}
