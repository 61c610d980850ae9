/** Class of each ASCII character in a name: 1 = may begin one, 2 = may follow. A colon is neither: it parts a QName. */
const NAME_CLASS = new Uint8Array(128);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_') NAME_CLASS[c.charCodeAt(0)] = 1;
for (const c of '0123456789-.') NAME_CLASS[c.charCodeAt(0)] = 2;

const WIDE_NAME_START =
  /[\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\uD800-\uDB7F]/;
const WIDE_NAME = /[\u0300-\u036F\xB7\u203F-\u2040\uDC00-\uDFFF]/;

/** NameStartChar of XML 1.0, fifth edition, less the colon; `code` is a UTF-16 unit, NaN at the text's end. */
export function isNameStart(code: number): boolean {
  if (code < 128) return NAME_CLASS[code] === 1;
  return code >= 128 && WIDE_NAME_START.test(String.fromCharCode(code));
}

/** NameChar, likewise. Halves of a pair may stand by themselves here: lone ones were refused before. */
export function isNameCharacter(code: number): boolean {
  if (code < 128) return NAME_CLASS[code] !== 0;
  if (Number.isNaN(code)) return false;
  const character = String.fromCharCode(code);
  return WIDE_NAME_START.test(character) || WIDE_NAME.test(character);
}

export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

/** Whether `text` is nothing but white space, or nothing at all. */
export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isSpace(text.charCodeAt(i))) return false;
  return true;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SUSPECT = /[\0-\x08\x0B\x0C\x0E-\x1F\uD800-\uDFFF\uFFFE\uFFFF]/;
const ILLEGAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: likewise
  /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const EVERY_ILLEGAL = new RegExp(ILLEGAL, 'g');

/**
 * Where the first character stands that XML 1.0 has no place for (lone surrogates too);
 * -1 = none. The simple class goes first because it runs four times as fast, and few
 * texts hold a surrogate.
 */
export function findIllegalCharacter(text: string): number {
  return SUSPECT.test(text) ? text.search(ILLEGAL) : -1;
}

/** `text` with U+FFFD for each such character. */
export function replaceIllegalCharacters(text: string): string {
  return SUSPECT.test(text) ? text.replace(EVERY_ILLEGAL, '\uFFFD') : text;
}

/** Whether a character reference may name this code point. */
export function isLegalCodePoint(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
