import { promisify } from 'node:util';
import { gunzip, inflate, inflateRaw } from 'node:zlib';
import { HttpError } from './http-error.ts';

export type ContentCoding = 'identity' | 'gzip' | 'deflate';

const CODINGS: ReadonlyMap<string, ContentCoding> = new Map([
  ['', 'identity'],
  ['identity', 'identity'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
]);

const inflaters = {
  gzip: promisify(gunzip),
  zlib: promisify(inflate),
  raw: promisify(inflateRaw),
};

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

/** Undoes a coding; stops as soon as more than `limit` bytes have come out. */
export async function decodeContent(body: Buffer, coding: ContentCoding, limit: number): Promise<Buffer> {
  if (coding === 'identity') return body;
  const inflater = coding === 'gzip' ? 'gzip' : hasZlibHeader(body) ? 'zlib' : 'raw';
  try {
    return await inflaters[inflater](body, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw bodyTooLarge(limit, 'inflated');
    throw new HttpError(
      400,
      'BODY_CORRUPT',
      `the body is not valid ${coding}, or is cut short`,
      {},
      { cause: error },
    );
  }
}

export function bodyTooLarge(limit: number, form: 'on the wire' | 'inflated'): HttpError {
  return new HttpError(413, 'BODY_TOO_LARGE', `the body may have at most ${limit} bytes ${form}`);
}

/** RFC 9110 means the zlib format by `deflate`; some clients send the bare stream. RFC 1950 section 2.2. */
function hasZlibHeader(body: Buffer): boolean {
  const [method = 0, flags = 0] = body;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}
