import type { ArrayType, Member, SchemaType, SequenceType } from './contract-model.ts';
import { EncodingError } from './encoding-error.ts';
import { SIMPLE_TYPES } from './simple-types.ts';

/** An array that comes batch by batch, and how each of its items is written. */
export interface StreamedArray {
  readonly batches: AsyncIterable<readonly unknown[]>;
  readonly encodeItem: (item: unknown) => string;
}

/**
 * Stands in the text where a streamed array goes: the one character that nothing escaped
 * can hold, so whatever surrounds it is written by the same functions as ever.
 */
export const STREAM_MARK = '\0';

/** A value as XML. Arrays that are to be streamed are left in `streams`, in the order of their marks. */
export type Encoder = (value: unknown, streams: StreamedArray[]) => string;

/** The element for one member of an object. */
export function compileMemberEncoder(owner: string, member: Member): Encoder {
  const { name } = member;
  const place = `${owner}.${name}`;
  const encode = compileContent(member.type, place);
  const open = `<${name}>`;
  const close = `</${name}>`;
  if (!member.nillable && !member.optional) {
    return (value, streams) => open + encode(value, streams) + close;
  }
  const absent = member.optional ? '' : `<${name} xsi:nil="true"/>`;
  return (value, streams) => (value === null ? absent : open + encode(value, streams) + close);
}

function compileContent(type: SchemaType, place: string): Encoder {
  switch (type.kind) {
    case 'simple': {
      const { format } = SIMPLE_TYPES[type.name];
      return (value) => format(value) ?? mismatch(place, `xsd:${type.name}`, value);
    }
    case 'array':
      return compileArray(type, place);
    case 'sequence':
      return compileSequence(type, place);
  }
}

function compileSequence(type: SequenceType, place: string): Encoder {
  const names = type.members.map((member) => member.name);
  const encoders = type.members.map((member) => compileMemberEncoder(type.name, member));
  return (value, streams) => {
    if (typeof value !== 'object' || value === null) mismatch(place, type.name, value);
    const object = value as Record<string, unknown>;
    let text = '';
    for (let i = 0; i < names.length; i++) {
      text += (encoders[i] as Encoder)(object[names[i] as string], streams);
    }
    return text;
  };
}

function compileArray(type: ArrayType, place: string): Encoder {
  const member: Member = { name: type.itemName, type: type.item, nillable: false, optional: false };
  const encodeMember = compileMemberEncoder(type.name, member);
  const encodeItem = (item: unknown): string => encodeMember(item, NO_STREAMS);
  return (value, streams) => {
    if (isBatches(value)) {
      if (streams === NO_STREAMS) throw new EncodingError(`${place}: a streamed array inside another`);
      streams.push({ batches: value, encodeItem });
      return STREAM_MARK;
    }
    if (!Array.isArray(value)) mismatch(place, type.name, value);
    let text = '';
    for (const item of value as readonly unknown[]) text += encodeMember(item, streams);
    return text;
  };
}

/** An item of a streamed array is written as its batch arrives: a stream inside it has nowhere to go. */
const NO_STREAMS: StreamedArray[] = [];

function isBatches(value: unknown): value is AsyncIterable<readonly unknown[]> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function mismatch(place: string, expected: string, value: unknown): never {
  throw new EncodingError(`${place}: expected ${expected}, got ${value === null ? 'null' : typeof value}`);
}
