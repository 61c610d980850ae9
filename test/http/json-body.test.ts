import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HttpError } from '../../src/http/http-error.ts';
import { type JsonLimits, parseJson as parse } from '../../src/http/json-body.ts';

const LIMITS: JsonLimits = { depth: 64, values: 500_000, arrayItems: 500_000 };

function parseJson(text: string, limits: Partial<JsonLimits> = {}) {
  return parse(text, { ...LIMITS, ...limits });
}

function refusalOf(text: string): string {
  try {
    parseJson(text);
  } catch (error) {
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ status: 400, code: 'BODY_MALFORMED' });
    return (error as HttpError).message;
  }
  throw new Error(`${text} was taken`);
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('JSON', () => {
  test('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    ['', 'line 1, column 1: expected a value'],
    ['  \n\t ', 'line 2, column 3: expected a value'],
    ['{', 'line 1, column 2: expected a member name in double quotes'],
    ['{}x', 'line 1, column 3: expected the end of the body'],
    ['[1,]', 'line 1, column 4: expected a value'],
    ['[1 2]', 'line 1, column 4: expected "," or "]"'],
    ['[1}', 'line 1, column 3: expected "," or "]"'],
    ['{"a":1,}', 'line 1, column 8: expected a member name in double quotes'],
    ['{"a" 1}', 'line 1, column 6: expected ":"'],
    ['{"a":1 "b":2}', 'line 1, column 8: expected "," or "}"'],
    ["{'a':1}", 'line 1, column 2: expected a member name in double quotes'],
    ['{a:1}', 'line 1, column 2: expected a member name in double quotes'],
    ['{\n  "a": 1,\n  "b": nul\n}', 'line 3, column 8: expected a value'],
    ['[01]', 'line 1, column 3: expected "," or "]"'],
    ['[+1]', 'line 1, column 2: expected a value'],
    ['[.5]', 'line 1, column 2: expected a value'],
    ['[1.]', 'line 1, column 3: expected "," or "]"'],
    ['NaN', 'line 1, column 1: expected a value'],
    ['undefined', 'line 1, column 1: expected a value'],
    ['// text', 'line 1, column 1: expected a value'],
    ['\uFEFF1', 'line 1, column 1: expected a value'],
    ['["a', 'line 1, column 4: expected the end of a string'],
    ['["a\\"', 'line 1, column 6: expected the end of a string'],
    ['["a\\', 'line 1, column 4: expected an escape such as \\n or \\u00e9'],
    ['["\\x41"]', 'line 1, column 3: expected an escape such as \\n or \\u00e9'],
    ['["\\u12g4"]', 'line 1, column 3: expected an escape such as \\n or \\u00e9'],
    ['["a\nb"]', 'line 1, column 4: expected a string without control characters'],
  ])('%j is none, and is told where', (text, message) => {
    expect(refusalOf(text)).toBe(message);
  });

  test('that was broken anywhere is refused with a place inside it, or was not broken', () => {
    const broken = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '\\', '{', ']', ',', ':', 'e', '\n'),
    );
    fc.assert(
      fc.property(broken, ([text, at, put]) => {
        const cut = at % (text.length + 1);
        const spoilt = text.slice(0, cut) + put + text.slice(cut + 1);
        let right = true;
        try {
          JSON.parse(spoilt);
        } catch {
          right = false;
        }
        if (right) expect(parseJson(spoilt)).toEqual(JSON.parse(spoilt));
        else expect(refusalOf(spoilt)).toMatch(/^line \d+, column \d+: expected /);
      }),
      { numRuns: 1_000 },
    );
  });

  test('that is refused is not repeated', () => {
    expect(refusalOf('{"password": hunter2}')).not.toContain('hunter2');
  });

  test('may be as deep as is said, not a level more', () => {
    expect(parseJson(nested(64))).toEqual(JSON.parse(nested(64)));
    expect(refusalOf(nested(65))).toBe('line 1, column 65: the body may be at most 64 levels deep');
    expect(refusalOf('{"a":'.repeat(1_000_000))).toMatch(/at most 64 levels deep$/);
  });

  test('counts no brackets in strings', () => {
    const text = JSON.stringify(['\\"[{'.repeat(100)]);
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test('may have as many values as is said, not one more', () => {
    const list = (values: number) => `[${Array(values).fill(0).join()}]`;
    expect(parseJson(list(499_999))).toHaveLength(499_999);
    expect(refusalOf(list(500_000))).toMatch(/the body may have at most 500000 values$/);
  });

  test('may have as many items in each array as is said, not one more', () => {
    const limits = { arrayItems: 3 };
    const fine = '[[0,0,0],[0,[0,0,0],0],{"a":0,"b":0,"c":0,"d":[]}]';
    expect(parseJson(fine, limits)).toEqual(JSON.parse(fine));
    for (const items of ['[0,0,0,0]', '[[],[],[],[]]', '[[0,0],[0,0],0,0]', '{"a":{},"b":[0,0,0,{}]}']) {
      expect(() => parseJson(items, limits), items).toThrow(/an array may have at most 3 items$/);
    }
  });

  test('with a member __proto__ has it as a member, and as nothing else', () => {
    const value = parseJson('{"__proto__":{"admin":true}}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value['admin']).toBeUndefined();
  });
});
