import { afterString } from './json-string.ts';

export interface JsonMistake {
  /** Index into the text; its length where it ends too soon. */
  readonly at: number;
  readonly expected: string;
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\u[0-9a-fA-F]{4}/y;
const SHORT_ESCAPES = '"\\/bfnrt';
const BACKSLASH = 0x5c;

/**
 * Where a text that is not JSON stops being it, and what should stand there. It calls itself once a level:
 * the caller has seen to it that there are not many.
 */
export function findJsonError(text: string): JsonMistake {
  let at = 0;

  try {
    value();
    skipSpace();
    fail('the end of the body');
  } catch (mistake) {
    if (mistake instanceof Mistake) return mistake;
    throw mistake;
  }

  function value(): void {
    skipSpace();
    if (text[at] === '{') list('}', member);
    else if (text[at] === '[') list(']', value);
    else if (text[at] === '"') string();
    else literal();
  }

  function list(close: '}' | ']', item: () => void): void {
    at += 1;
    skipSpace();
    if (text[at] !== close) {
      item();
      skipSpace();
      while (text[at] === ',') {
        at += 1;
        item();
        skipSpace();
      }
      if (text[at] !== close) fail(`"," or "${close}"`);
    }
    at += 1;
  }

  function member(): void {
    skipSpace();
    if (text[at] !== '"') fail('a member name in double quotes');
    string();
    skipSpace();
    if (text[at] !== ':') fail('":"');
    at += 1;
    value();
  }

  function string(): void {
    const after = afterString(text, at);
    for (at += 1; at < after - 1 && at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code < 0x20) fail('a string without control characters');
      if (code !== BACKSLASH) continue;
      // Of escapes there may be a million, so the usual ones are not left to the pattern.
      const length = SHORT_ESCAPES.includes(text[at + 1] ?? ' ') ? 2 : lengthOf(ESCAPE);
      if (length === 0) fail('an escape such as \\n or \\u00e9');
      at += length - 1;
    }
    if (after > text.length) fail('the end of a string');
    at = after;
  }

  function literal(): void {
    const length = lengthOf(LITERAL);
    if (length === 0) fail('a value');
    at += length;
  }

  function lengthOf(pattern: RegExp): number {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0].length ?? 0;
  }

  function skipSpace(): void {
    while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1;
  }

  function fail(expected: string): never {
    throw new Mistake(Math.min(at, text.length), expected);
  }
}

class Mistake extends Error implements JsonMistake {
  readonly at: number;
  readonly expected: string;

  constructor(at: number, expected: string) {
    super(expected);
    this.at = at;
    this.expected = expected;
  }
}
