import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';
import { CharsetError } from './charset-error.ts';
import { quote } from './quote.ts';

type Charset = 'utf-8' | 'utf-16' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'windows-1252' | 'us-ascii';

const LABELS = new Map<string, Charset>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['utf-16', 'utf-16'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
  ['iso-8859-1', 'iso-8859-1'],
  ['iso8859-1', 'iso-8859-1'],
  ['iso_8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['us-ascii', 'us-ascii'],
  ['ascii', 'us-ascii'],
]);

// The mark is cut off before decoding, so a second U+FEFF is a character like any other.
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const UTF_16LE = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });

/**
 * The text of an XML document. What counts, in this order (RFC 7303, 3.2): a byte order
 * mark, the charset of the transport's Content-Type, the XML declaration, else UTF-8.
 * Throws CharsetError.
 */
export function decodeXml(bytes: Buffer, transportCharset?: string): string {
  const marked = markedCharset(bytes);
  if (marked) return decode(bytes.subarray(marked.markLength), marked.charset);
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

function markedCharset(bytes: Buffer): { charset: Charset; markLength: number } | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    throw new CharsetError('unsupported', 'charset utf-32 is not supported');
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { charset: 'utf-8', markLength: 3 };
  if (a === 0xff && b === 0xfe) return { charset: 'utf-16le', markLength: 2 };
  if (a === 0xfe && b === 0xff) return { charset: 'utf-16be', markLength: 2 };
  return undefined;
}

/** UTF-16 gives itself away by the zero beside the first `<` (XML 1.0, appendix F). */
function seenCharset(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  return undefined;
}

function declaredCharset(bytes: Buffer, seen: 'utf-16le' | 'utf-16be' | undefined): string | undefined {
  // No declaration worth reading is longer; in UTF-16 every character takes two bytes.
  let start = bytes.subarray(0, 256).toString('latin1');
  if (seen) start = start.replaceAll('\0', '');
  return /^<\?xml\s[^>]*?\sencoding\s*=\s*(["'])(.*?)\1/.exec(start)?.[2];
}

function lookUp(label: string): Charset {
  const charset = LABELS.get(label.trim().toLowerCase());
  if (!charset) throw new CharsetError('unsupported', `charset ${quote(label)} is not supported`);
  return charset;
}

function decode(bytes: Buffer, charset: Charset): string {
  const text = tryDecode(bytes, charset);
  if (text === undefined) throw new CharsetError('malformed', `the bytes are not well-formed ${charset}`);
  return text;
}

function tryDecode(bytes: Buffer, charset: Charset): string | undefined {
  switch (charset) {
    case 'utf-8':
      return decodeFatally(UTF_8, bytes);
    case 'utf-16':
      // Without a mark it is big-endian by the letter (RFC 2781, 4.3), but Windows writes it the other way.
      return tryDecode(bytes, seenCharset(bytes) ?? 'utf-16be');
    case 'utf-16le':
      return decodeFatally(UTF_16LE, bytes);
    case 'utf-16be':
      return bytes.length % 2 === 0 ? decodeFatally(UTF_16LE, Buffer.from(bytes).swap16()) : undefined;
    case 'iso-8859-1':
      return bytes.toString('latin1');
    case 'windows-1252': {
      // Not TextDecoder: Node 20 reads it as ISO-8859-1, without the euro sign.
      const text = iconv.decode(bytes, 'windows-1252');
      return text.includes('\uFFFD') ? undefined : text;
    }
    case 'us-ascii':
      return isAscii(bytes) ? bytes.toString('latin1') : undefined;
  }
}

function decodeFatally(decoder: TextDecoder, bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
