import { byteOrderMark, charsetOf, decodeCharset, zeroedCharset } from '../text/charset.ts';
import { HttpError } from './http-error.ts';

/**
 * The text of a JSON or form body. What counts, in this order: a byte order mark, `charset` (the
 * Content-Type's), the zeros of UTF-16 (both begin with an ASCII character), else UTF-8.
 * Throws HttpError 415 for a charset that we do not read, 400 for bytes that are not well-formed in theirs.
 */
export function decodeBody(body: Buffer, charset: string | undefined): string {
  const mark = byteOrderMark(body);
  if (mark?.charset === 'utf-32') throw unsupported();
  const known = mark?.charset ?? (charset ? charsetOf(charset) : (zeroedCharset(body) ?? 'utf-8'));
  if (known === undefined) throw unsupported();
  const text = decodeCharset(body.subarray(mark?.length ?? 0), known);
  if (text === undefined) {
    throw new HttpError(400, 'BODY_MALFORMED', `the body's bytes are not well-formed ${known}`);
  }
  return text;
}

function unsupported(): HttpError {
  return new HttpError(
    415,
    'CHARSET_UNSUPPORTED',
    "the body's charset is not supported; expected utf-8, utf-16, iso-8859-1, windows-1252 or us-ascii",
  );
}
