import { escapeAttribute } from '../xml/escape.ts';
import { compileMemberEncoder, STREAM_MARK, type StreamedArray } from './compile-encoder.ts';
import type { Operation } from './contract-model.ts';
import { envelopeAround } from './envelope-writer.ts';
import { SOAP_VERSIONS, type SoapVersion } from './soap-version.ts';

/** A batch's text goes out once it is this long: long enough to be worth a write, short enough to hold many. */
const CHUNK_LENGTH = 32 * 1024;

/** A result as a whole envelope; in pieces when an array in it comes in batches. */
export type ResultEncoder = (version: SoapVersion, result: unknown) => string | AsyncIterable<string>;

/** Compiles an operation's answer. Its elements are all in the default namespace, which is the shortest. */
export function compileResultEncoder(operation: Operation, targetNamespace: string): ResultEncoder {
  const { responseName, result } = operation;
  const encode = compileMemberEncoder(responseName, result);
  const frames = new Map(
    SOAP_VERSIONS.map((version) => {
      const { before, after } = envelopeAround(version);
      const open = `<${responseName} xmlns="${escapeAttribute(targetNamespace)}">`;
      return [version, { before: before + open, after: `</${responseName}>${after}` }];
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
  for (const [index, { batches, encodeItem }] of streams.entries()) {
    for await (const batch of batches) {
      for (const item of batch) {
        pending += encodeItem(item);
        if (pending.length >= CHUNK_LENGTH) {
          yield pending;
          pending = '';
        }
      }
    }
    pending += rest[index];
  }
  yield pending;
}
