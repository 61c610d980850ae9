import type { Json } from '../core/job.ts';
import { HttpError } from './http-error.ts';
import { findJsonError } from './json-error.ts';
import { afterString } from './json-string.ts';

/** What one document may have. */
export interface JsonLimits {
  /** Deepest nesting of arrays and objects. */
  readonly depth: number;
  /** Values in all; 10 MB of `[],` are 3 million arrays, and some 200 MB. */
  readonly values: number;
  /** Most values in one array. */
  readonly arrayItems: number;
}

/** For a text that `checkJsonSize` has let pass. */
export const SIZE_CHECKED: JsonLimits = { depth: Infinity, values: Infinity, arrayItems: Infinity };

/**
 * Strict JSON (RFC 8259). Of members with the same name the last one counts. A member called
 * `__proto__` is one like any other: ask for members with Object.hasOwn, copy them with spread.
 *
 * Throws HttpError 400 saying what was expected at which line and column, also for more levels, values or
 * items of an array than `limits` has; nothing of the text is repeated.
 */
export function parseJson(text: string, limits: JsonLimits): Json {
  checkJsonSize(text, limits);
  try {
    return JSON.parse(text);
  } catch {
    // V8 names the place for some mistakes only, and repeats the text for others.
    const { at, expected } = findJsonError(text);
    throw malformed(text, at, `expected ${expected}`);
  }
}

/** Before anything is built: JSON.parse has no limits of its own. Passes over what is no JSON. Throws HttpError 400. */
export function checkJsonSize(
  text: string,
  { depth: deepest, values: mostValues, arrayItems }: JsonLimits,
): void {
  /** Of each open array the items begun, of each object nothing. */
  const items: number[] = [];
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '"':
        at = afterString(text, at) - 1;
        break;
      case '{':
      case '[':
        depth += 1;
        values += 1;
        items[depth] = text[at] === '[' ? 1 : Number.NEGATIVE_INFINITY;
        if (depth > deepest) throw malformed(text, at, `the body may be at most ${deepest} levels deep`);
        break;
      case '}':
      case ']':
        // More ends than beginnings are for JSON.parse to refuse.
        depth = Math.max(0, depth - 1);
        break;
      case ',':
        values += 1;
        if (values > mostValues) throw malformed(text, at, `the body may have at most ${mostValues} values`);
        items[depth] = (items[depth] ?? 0) + 1;
        if ((items[depth] ?? 0) > arrayItems)
          throw malformed(text, at, `an array may have at most ${arrayItems} items`);
        break;
    }
  }
}

function malformed(text: string, at: number, problem: string): HttpError {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return new HttpError(400, 'BODY_MALFORMED', `line ${line}, column ${at - start + 1}: ${problem}`);
}
