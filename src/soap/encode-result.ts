import type { BindingStyle } from './binding-style.ts';
import { ARRAY_MARK, compileMemberEncoder, type KeptArray, type LeftOut } from './compile-encoder.ts';
import type { Operation } from './contract-model.ts';
import { EncodingError } from './encoding-error.ts';
import { envelopeAround } from './envelope-writer.ts';
import type { SoapVersion } from './soap-version.ts';

/** A batch's text goes out once it is this long: long enough to be worth a write, short enough to hold many. */
const CHUNK_LENGTH = 32 * 1024;

/** A result as a whole envelope, in UTF-8 where parts of it were at hand so; in pieces when an array in it comes in batches. */
export type ResultEncoder = (
  version: SoapVersion,
  result: unknown,
) => string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** Compiles an operation's answer. */
export function compileResultEncoder(
  operation: Operation,
  targetNamespace: string,
  style: BindingStyle,
): ResultEncoder {
  const { responseName, result } = operation;
  const encode = compileMemberEncoder(responseName, result, style);
  const { open, close } = style.wrap(responseName, targetNamespace);
  const frames = new Map(
    style.versions.map((version) => {
      const { before, after } = envelopeAround(version, style.declarations);
      return [version, { before: before + open, after: close + after }];
    }),
  );
  return (version, value) => {
    const arrays: LeftOut[] = [];
    const content = encode(value, arrays);
    const { before, after } = frames.get(version) ?? { before: '', after: '' };
    const text = before + content + after;
    if (arrays.length === 0) return text;
    const pieces = text.split(ARRAY_MARK);
    return arrays.every(isKept) ? joined(pieces, arrays) : writeArrays(pieces, arrays);
  };
}

function isKept(array: LeftOut): array is KeptArray {
  return 'items' in array;
}

/** A piece of text, then an array, and so on. */
function joined([first = '', ...rest]: readonly string[], arrays: readonly KeptArray[]): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from(first)];
  for (const [index, { items }] of arrays.entries()) {
    for (const item of items) parts.push(item);
    parts.push(Buffer.from(rest[index] ?? ''));
  }
  return Buffer.concat(parts);
}

async function* writeArrays(
  [first = '', ...rest]: readonly string[],
  arrays: readonly LeftOut[],
): AsyncGenerator<string | Uint8Array> {
  let pending = first;
  for (const [index, array] of arrays.entries()) {
    if (isKept(array)) {
      yield joined([pending, ''], [array]);
      pending = rest[index] ?? '';
      continue;
    }
    const { batches, encodeItem, count } = array;
    let left = count ?? Number.POSITIVE_INFINITY;
    for await (const batch of batches) {
      // More than were counted came later than they were asked for.
      for (const item of batch.length > left ? batch.slice(0, left) : batch) {
        pending += encodeItem(item);
        if (pending.length >= CHUNK_LENGTH) {
          yield pending;
          pending = '';
        }
      }
      left -= batch.length;
      if (left <= 0) break;
    }
    // Some were removed meanwhile. What the start tag promised cannot be kept: no end is better than a wrong one.
    if (count !== undefined && left > 0)
      throw new EncodingError(`${left} of ${count} counted items are gone`);
    pending += rest[index];
  }
  yield pending;
}
