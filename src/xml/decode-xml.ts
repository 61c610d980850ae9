import { byteOrderMark, type Charset, charsetOf, decodeCharset, zeroedCharset } from '../text/charset.ts';
import { CharsetError } from './charset-error.ts';
import { quote } from './quote.ts';

/**
 * The text of an XML document. What counts, in this order (RFC 7303, 3.2): a byte order
 * mark, the charset of the transport's Content-Type, the XML declaration, else UTF-8.
 * Throws CharsetError.
 */
export function decodeXml(bytes: Buffer, transportCharset?: string): string {
  const mark = byteOrderMark(bytes);
  if (mark?.charset === 'utf-32') throw new CharsetError('unsupported', 'charset utf-32 is not supported');
  if (mark) return decode(bytes.subarray(mark.length), mark.charset);
  if (transportCharset) return decode(bytes, lookUp(transportCharset));
  const seen = seenCharset(bytes);
  const declared = declaredCharset(bytes, seen);
  if (declared === undefined) return decode(bytes, seen ?? 'utf-8');
  const charset = lookUp(declared);
  // The declaration could be read, so the bytes are in an encoding of its family; XML 1.0,
  // 4.3.3, makes one that says otherwise a fatal error.
  if ((seen !== undefined) !== charset.startsWith('utf-16')) {
    throw new CharsetError('malformed', `the XML declaration says ${charset}, but the bytes are not`);
  }
  return decode(bytes, seen ?? charset);
}

/** Only beside a `<` does a zero say anything: a document begins with it. */
function seenCharset(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  return bytes[0] === 0x3c || bytes[1] === 0x3c ? zeroedCharset(bytes) : undefined;
}

function declaredCharset(bytes: Buffer, seen: 'utf-16le' | 'utf-16be' | undefined): string | undefined {
  // No declaration worth reading is longer; in UTF-16 every character takes two bytes.
  let start = bytes.subarray(0, 256).toString('latin1');
  if (seen) start = start.replaceAll('\0', '');
  return /^<\?xml\s[^>]*?\sencoding\s*=\s*(["'])(.*?)\1/.exec(start)?.[2];
}

function lookUp(label: string): Charset {
  const charset = charsetOf(label);
  if (!charset) throw new CharsetError('unsupported', `charset ${quote(label)} is not supported`);
  return charset;
}

function decode(bytes: Buffer, charset: Charset): string {
  const text = decodeCharset(bytes, charset);
  if (text === undefined) throw new CharsetError('malformed', `the bytes are not well-formed ${charset}`);
  return text;
}
