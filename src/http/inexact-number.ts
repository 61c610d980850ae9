import { afterString } from './json-string.ts';

const NUMBER = /-?\d[\d.eE+-]*/y;
/** Leading characters of a caller's number, in a message. */
const SHOWN = 40;

/**
 * The first number in this JSON text that JSON.parse would silently make another: a whole number of more
 * digits than a double has, as .NET's `long` may be, or one too large for any (`1e400` would come out as null).
 * Fractions are rounded everywhere. Undefined when there is none. The text is JSON.
 */
export function inexactNumber(text: string): string | undefined {
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '"') at = afterString(text, at) - 1;
    if (char !== '-' && (char < '0' || char > '9')) continue;
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text)?.[0] ?? char;
    if (!isKept(number)) return number.slice(0, SHOWN);
    at += number.length - 1;
  }
  return undefined;
}

function isKept(number: string): boolean {
  // Every number of 15 digits is a double of its own.
  if (number.length <= 15 && !/e/i.test(number)) return true;
  const value = Number(number);
  return /^-?\d+$/.test(number) ? String(value) === number : Number.isFinite(value);
}
