import type { BindingStyle } from './binding-style.ts';
import { compileMemberEncoder, STREAM_MARK, type StreamedArray } from './compile-encoder.ts';
import type { Operation } from './contract-model.ts';
import { EncodingError } from './encoding-error.ts';
import { envelopeAround } from './envelope-writer.ts';
import type { SoapVersion } from './soap-version.ts';

/** A batch's text goes out once it is this long: long enough to be worth a write, short enough to hold many. */
const CHUNK_LENGTH = 32 * 1024;

/** A result as a whole envelope; in pieces when an array in it comes in batches. */
export type ResultEncoder = (version: SoapVersion, result: unknown) => string | AsyncIterable<string>;

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
    const streams: StreamedArray[] = [];
    const content = encode(value, streams);
    const { before, after } = frames.get(version) ?? { before: '', after: '' };
    const text = before + content + after;
    return streams.length === 0 ? text : writeStreams(text, streams);
  };
}

async function* writeStreams(text: string, streams: readonly StreamedArray[]): AsyncGenerator<string> {
  const [first = '', ...rest] = text.split(STREAM_MARK);
  let pending = first;
  for (const [index, { batches, encodeItem, count }] of streams.entries()) {
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
