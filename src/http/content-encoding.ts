import {
  createGunzip,
  createInflate,
  createInflateRaw,
  type Gunzip,
  type Inflate,
  type InflateRaw,
} from 'node:zlib';
import type { BodyShare } from './body-budget.ts';
import { HttpError } from './http-error.ts';

export type ContentCoding = 'identity' | 'gzip' | 'deflate';

const CODINGS: ReadonlyMap<string, ContentCoding> = new Map([
  ['', 'identity'],
  ['identity', 'identity'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
]);

const INFLATERS = { gzip: createGunzip, zlib: createInflate, raw: createInflateRaw };
/**
 * Of what one step of inflating puts out. A step is a round trip to Node's threads: a bomb's 10 MB take 13.5 ms in steps of
 * Node's own 16 KiB, 8.1 of 64, 3.8 of 256. What a short body does not fill of it is never touched, so takes no memory.
 */
const STEP_BYTES = 256 * 1024;

/** The one coding of a body. Lists are refused: two layers of compression multiply what a bomb can do. */
export function contentCoding(header: string | undefined): ContentCoding {
  const coding = CODINGS.get((header ?? '').trim().toLowerCase());
  if (coding === undefined) {
    throw new HttpError(
      415,
      'CONTENT_ENCODING_UNSUPPORTED',
      'Content-Encoding: expected one of gzip, deflate, identity',
      // RFC 9110 section 12.5.3: in a 415 it says what would have been accepted.
      { 'Accept-Encoding': 'gzip, deflate, identity' },
    );
  }
  return coding;
}

/** `start` is the body's: its first two bytes at least, if it has as many. */
export function createInflater(
  coding: Exclude<ContentCoding, 'identity'>,
  start: Buffer,
): Gunzip | Inflate | InflateRaw {
  const create = INFLATERS[coding === 'gzip' ? 'gzip' : hasZlibHeader(start) ? 'zlib' : 'raw'];
  return create({ chunkSize: STEP_BYTES });
}

/** Undoes a coding, step by step on account of `share`; stops as soon as more than `limit` bytes have come out. */
export async function inflateBody(
  body: Buffer,
  coding: Exclude<ContentCoding, 'identity'>,
  limit: number,
  share: BodyShare,
): Promise<Buffer> {
  const steps: Buffer[] = [];
  let length = 0;
  try {
    for await (const step of createInflater(coding, body).end(body)) {
      length += step.length;
      if (length > limit) throw bodyTooLarge(limit, 'inflated');
      share.take(step.length);
      steps.push(step);
    }
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw bodyCorrupt(coding, error);
  }
  return Buffer.concat(steps, length);
}

export function bodyTooLarge(limit: number, form: 'on the wire' | 'inflated'): HttpError {
  return new HttpError(413, 'BODY_TOO_LARGE', `the body may have at most ${limit} bytes ${form}`);
}

export function bodyCorrupt(coding: ContentCoding, cause: unknown): HttpError {
  return new HttpError(
    400,
    'BODY_CORRUPT',
    `the body is not valid ${coding}, or is cut short`,
    {},
    { cause },
  );
}

/** RFC 9110 means the zlib format by `deflate`; some clients send the bare stream. RFC 1950 section 2.2. */
function hasZlibHeader(body: Buffer): boolean {
  const [method = 0, flags = 0] = body;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}
