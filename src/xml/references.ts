import { quote } from './quote.ts';
import { isLegalCodePoint } from './xml-characters.ts';

const PREDEFINED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['apos', "'"],
  ['quot', '"'],
]);

/** Reports what is wrong with the reference at `offset` of the text; never returns. */
export type Fail = (problem: string, offset: number) => never;

/**
 * Puts in place what the references of a stretch of text stand for: the five predefined
 * entities and character references.
 */
export function expandReferences(text: string, fail: Fail): string {
  let expanded = '';
  let from = 0;
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', from)) {
    expanded += text.slice(from, at);
    const end = referenceEnd(text, at, fail);
    const name = text.slice(at + 1, end);
    from = end + 1;
    if (!name.startsWith('#')) {
      expanded += PREDEFINED.get(name) ?? fail(`the entity ${quote(name)} is not defined`, at);
      continue;
    }
    const code = codePointOf(name);
    const low = isHighSurrogate(code) ? lowSurrogateAt(text, from) : undefined;
    if (low) {
      expanded += String.fromCharCode(code, low.code);
      from = low.end;
    } else if (isLegalCodePoint(code)) {
      expanded += String.fromCodePoint(code);
    } else {
      fail(`${quote(`&${name};`)} is no character that XML allows`, at);
    }
  }
  return expanded + text.slice(from);
}

function referenceEnd(text: string, at: number, fail: Fail): number {
  const end = text.indexOf(';', at);
  if (end === -1 || end === at + 1) fail('an & that begins no reference', at);
  return end;
}

/** NaN when it is no number; Infinity when it is far too large, which is as illegal. */
function codePointOf(name: string): number {
  if (/^#[0-9]+$/.test(name)) return Number(name.slice(1));
  if (/^#x[0-9a-fA-F]+$/.test(name)) return Number.parseInt(name.slice(2), 16);
  return Number.NaN;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/**
 * Later Axis 1.x writes a character beyond U+FFFF as two references, one to each half of
 * its pair. That is not well-formed, but what is meant is beyond doubt; a half by itself
 * stays an error.
 */
function lowSurrogateAt(text: string, from: number): { code: number; end: number } | undefined {
  const match = /^&(#[0-9]{5}|#x[0-9a-fA-F]{4});/.exec(text.slice(from, from + 8));
  if (!match?.[1]) return undefined;
  const code = codePointOf(match[1]);
  return code >= 0xdc00 && code <= 0xdfff ? { code, end: from + match[0].length } : undefined;
}
