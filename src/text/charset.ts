import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';

export type Charset =
  | 'utf-8'
  | 'utf-16'
  | 'utf-16le'
  | 'utf-16be'
  | 'iso-8859-1'
  | 'windows-1252'
  | 'us-ascii';

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

// A mark is cut off before decoding, so a second U+FEFF is a character like any other.
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const UTF_16LE = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });

/** The charset that a label names, in whatever case; undefined for one that we do not read. */
export function charsetOf(label: string): Charset | undefined {
  return LABELS.get(label.trim().toLowerCase());
}

/** What a byte order mark at the start says, and how many bytes it has. UTF-32 is known, but not read. */
export function byteOrderMark(
  bytes: Buffer,
): { charset: 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32'; length: number } | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    return { charset: 'utf-32', length: 4 };
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { charset: 'utf-8', length: 3 };
  if (a === 0xff && b === 0xfe) return { charset: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { charset: 'utf-16be', length: 2 };
  return undefined;
}

/**
 * UTF-16 gives itself away by the zero beside its first character, where the format makes that an ASCII
 * one other than NUL: `<` of XML (XML 1.0, appendix F), whatever JSON begins with (RFC 4627, 3).
 */
export function zeroedCharset(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const [a, b] = bytes;
  if (a !== 0 && a !== undefined && b === 0) return 'utf-16le';
  if (a === 0 && b !== 0 && b !== undefined) return 'utf-16be';
  return undefined;
}

/** The text; undefined where the bytes are not well-formed. A byte order mark must have been cut off. */
export function decodeCharset(bytes: Buffer, charset: Charset): string | undefined {
  switch (charset) {
    case 'utf-8':
      return decodeFatally(UTF_8, bytes);
    case 'utf-16':
      // Without a mark it is big-endian by the letter (RFC 2781, 4.3), but Windows writes it the other way.
      return decodeCharset(bytes, zeroedCharset(bytes) ?? 'utf-16be');
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
