import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readParameters, writeParameters } from '../../../src/dialects/web3/parameters.ts';
import { processorTime } from '../../support/processor-time.ts';

const pairsOf = (list: string) => readParameters(list).map(({ name, value }) => [name, value]);

describe('a list of parameters', () => {
  test.each([
    [
      'ParamName=ParamValue;ParamName2=ParamValue2',
      [
        ['ParamName', 'ParamValue'],
        ['ParamName2', 'ParamValue2'],
      ],
    ],
    ['', []],
    [' \n ', []],
    ['a=1;', [['a', '1']]],
    ['a=', [['a', '']]],
    ['a=b=c', [['a', 'b=c']]],
    ['a\\=b=c', [['a=b', 'c']]],
    [
      'a=b\\;c;d=e',
      [
        ['a', 'b;c'],
        ['d', 'e'],
      ],
    ],
    [
      'a=\\\\;b=1',
      [
        ['a', '\\'],
        ['b', '1'],
      ],
    ],
    ['a=C:\\in.csv', [['a', 'C:\\in.csv']]],
    ['a=ends in \\', [['a', 'ends in \\']]],
    [
      '\n  a = 1 ;\n  b=2\n',
      [
        ['a', ' 1 '],
        ['b', '2'],
      ],
    ],
    ['=1', [['', '1']]],
    [
      'a=1;=2',
      [
        ['a', '1'],
        ['', '2'],
      ],
    ],
  ])('%j is %j', (list, pairs) => {
    expect(pairsOf(list)).toEqual(pairs);
  });

  test.each(['a', 'a=1;b', 'a;b=1', 'a=1;;b=2', ';a=1', 'a=1;\\', 'a=1; '.concat('b')])(
    '%j is refused, with what was expected',
    (list) => {
      expect(() => readParameters(list)).toThrow(/^Parameters: expected Name=Value;Name2=Value2/);
    },
  );

  test('a long text is quoted only in part', () => {
    expect(() => readParameters('x'.repeat(10_000))).toThrow(/^.{1,200}$/);
  });

  test('whatever the values, what was written is read as it was', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\\', ';', '=', ' ', 'é', '\n') });
    const name = text.map((given) => `n${given}n`);
    const value = text.map((given) => `${given}v`);
    const last = fc.oneof(
      value,
      text.filter((given) => given === given.trimEnd()),
    );
    const list = fc.tuple(fc.array(fc.record({ name, value })), fc.record({ name, value: last }));
    fc.assert(
      fc.property(list, ([first, end]) => {
        expect(readParameters(writeParameters([...first, end]))).toEqual([...first, end]);
      }),
    );
  });

  test('a list without escapes is written as it came', () => {
    const list = 'File=C:\\data\\in.csv;Query=a=b;Empty=';
    expect(writeParameters(readParameters(list))).toBe(list);
  });

  test('of ten million characters is refused before it is looked at', async () => {
    const list = 'a'.repeat(10_000_000);
    const taken = await processorTime(() =>
      expect(() => readParameters(list)).toThrow('Parameters: at most 65536 characters'),
    );
    expect(taken).toBeLessThan(500);
  });

  test('of 65536 characters may have every one of them escaped', () => {
    const list = `a=${'\\;'.repeat(65_535)}`;
    expect(readParameters(list)).toEqual([{ name: 'a', value: ';'.repeat(65_535) }]);
  });
});
