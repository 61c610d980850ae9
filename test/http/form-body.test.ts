import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseForm } from '../../src/http/form-body.ts';
import { processorTime } from '../support/processor-time.ts';

const malformed = (message: string) =>
  expect.objectContaining({ status: 400, code: 'BODY_MALFORMED', message });

describe('a form', () => {
  test.each<[string, [string, string][]]>([
    ['', []],
    ['a=1', [['a', '1']]],
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['=1', [['', '1']]],
    ['a=1=2', [['a', '1=2']]],
    [
      '&a=1&&b=2&',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['my+name=gr%C3%BC%C3%9Fe%2B+%26', [['my name', 'grüße+ &']]],
    ['__proto__=1', [['__proto__', '1']]],
    ['a=grüße', [['a', 'grüße']]],
  ])('"%s" is %j', (text, pairs) => {
    expect(parseForm(text)).toEqual(pairs);
  });

  test('is read as URLSearchParams writes it', () => {
    const pairs = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })));
    fc.assert(
      fc.property(pairs, (written) => {
        // A pair of two nothings is written as `=`.
        expect(parseForm(new URLSearchParams(written).toString())).toEqual(written);
      }),
    );
  });

  test.each(['a=%', 'a=%4', 'a=%zz', 'a=%FC', '%=1', 'a=%C3%28'])(
    'with the field "%s" is refused, saying which',
    (field) => {
      expect(() => parseForm(`b=2&${field}`)).toThrow(
        malformed('field 2 of the form: a % must begin an escape (%XX), and escapes must be UTF-8'),
      );
    },
  );

  test('has at most a thousand fields', () => {
    expect(parseForm('a=1&'.repeat(1_000))).toHaveLength(1_000);
    expect(() => parseForm('a=1&'.repeat(1_001))).toThrow(malformed('a form may have at most 1000 fields'));
  });

  test('of nothing but plus signs is read in no time', async () => {
    const form = `a=${'+'.repeat(10_000_000)}`;
    const taken = await processorTime(() => expect(parseForm(form)[0]?.[1]).toHaveLength(10_000_000));
    expect(taken).toBeLessThan(3_000);
  });
});
