/**
 * Whether a key of x21–x7E could be stored. What could not cannot be there either: asking
 * MySQL would find `admin` for `admin ` (its collations pad) or fail on what is not ASCII.
 */
export function isAsciiId(text: string): boolean {
  return text.length <= 64 && /^[\x21-\x7e]+$/.test(text);
}
