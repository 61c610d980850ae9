import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SimpleTypeName } from '../../src/soap/contract-model.ts';
import { SIMPLE_TYPES } from '../../src/soap/simple-types.ts';

function parse(type: SimpleTypeName, content: string): unknown {
  return SIMPLE_TYPES[type].parse(content);
}

describe('xsd:string', () => {
  test('keeps its white space', () => {
    expect(parse('string', ' \n a ')).toBe(' \n a ');
    expect(parse('string', '')).toBe('');
  });
});

describe('xsd:int', () => {
  test.each([
    ['0', 0],
    ['-0', 0],
    ['+5', 5],
    ['007', 7],
    [' \t\r\n42\n', 42],
    ['2147483647', 2147483647],
    ['-2147483648', -2147483648],
    [`${'0'.repeat(1000)}1`, 1],
  ])('%j is %d', (content, value) => {
    expect(parse('int', content)).toBe(value);
  });

  test.each([
    '',
    ' ',
    '12abc',
    '1.0',
    '1e3',
    '0x10',
    '--1',
    '+',
    '1 2',
    '2147483648',
    '-2147483649',
    '9'.repeat(1000),
    'NaN',
    'INF',
    '\u00A01',
    '١',
  ])('%j is none', (content) => {
    expect(parse('int', content)).toBeUndefined();
  });

  test.each([1.5, Number.NaN, 2 ** 31, -(2 ** 31) - 1, '1', 1n, null, undefined])(
    '%s is not written',
    (value) => {
      expect(SIMPLE_TYPES.int.format(value)).toBeUndefined();
    },
  );
});

describe('xsd:long', () => {
  test.each([
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    ['+0009007199254740993', 9007199254740993n],
    ['-0', 0n],
  ])('%s keeps every digit', (content, value) => {
    expect(parse('long', content)).toBe(value);
  });

  test.each(['', '9223372036854775808', '-9223372036854775809', '1.0', '9'.repeat(100_000)])(
    '%.30s is none',
    (content) => {
      expect(parse('long', content)).toBeUndefined();
    },
  );
});

describe('xsd:boolean', () => {
  test.each([
    ['true', true],
    ['1', true],
    [' false ', false],
    ['0', false],
  ])('%j is %s', (content, value) => {
    expect(parse('boolean', content)).toBe(value);
  });

  test.each(['', 'TRUE', 'yes', '2', '01'])('%j is none', (content) => {
    expect(parse('boolean', content)).toBeUndefined();
  });
});

describe('xsd:dateTime', () => {
  test.each([
    ['2010-01-02T03:04:05.678Z', '2010-01-02T03:04:05.678Z'],
    ['2010-01-02T03:04:05', '2010-01-02T03:04:05.000Z'],
    [' 2010-01-02T03:04:05Z\n', '2010-01-02T03:04:05.000Z'],
    ['2010-01-02T03:04:05.6Z', '2010-01-02T03:04:05.600Z'],
    ['2010-01-02T03:04:05.99999999999999Z', '2010-01-02T03:04:05.999Z'],
    ['2010-01-02T03:04:05+02:00', '2010-01-02T01:04:05.000Z'],
    ['2010-01-02T03:04:05-14:00', '2010-01-02T17:04:05.000Z'],
    ['2010-12-31T24:00:00', '2011-01-01T00:00:00.000Z'],
    ['2010-12-31T24:00:00.000Z', '2011-01-01T00:00:00.000Z'],
    ['2012-02-29T00:00:00Z', '2012-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%j is %s', (content, iso) => {
    expect(new Date(parse('dateTime', content) as number).toISOString()).toBe(iso);
  });

  test.each([
    '',
    '2010-01-02',
    '2010-01-02 03:04:05',
    '2010-1-2T03:04:05Z',
    '10-01-02T03:04:05Z',
    '02010-01-02T03:04:05Z',
    '-2010-01-02T03:04:05Z',
    '0000-01-01T00:00:00Z',
    '2010-00-01T00:00:00Z',
    '2010-13-01T00:00:00Z',
    '2010-01-00T00:00:00Z',
    '2010-04-31T00:00:00Z',
    '2011-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2010-01-02T24:00:01Z',
    '2010-01-02T24:00:00.1Z',
    '2010-01-02T25:00:00Z',
    '2010-01-02T03:60:00Z',
    '2010-01-02T03:04:60Z',
    '2010-01-02T03:04Z',
    '2010-01-02T03:04:05.Z',
    '2010-01-02T03:04:05z',
    '2010-01-02T03:04:05+2:00',
    '2010-01-02T03:04:05+14:01',
    '2010-01-02T03:04:05+00:60',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T24:00:00Z',
    'yesterday',
  ])('%j is none', (content) => {
    expect(parse('dateTime', content)).toBeUndefined();
  });

  test.each([Number.NaN, 8.64e15, -8.64e15, '2010', null])('%s is not written', (value) => {
    expect(SIMPLE_TYPES.dateTime.format(value)).toBeUndefined();
  });

  test('what is written is ISO 8601 in UTC with milliseconds, and is read as it was', () => {
    const first = Date.parse('0001-01-01T00:00:00Z');
    const last = Date.parse('9999-12-31T23:59:59.999Z');
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (time) => {
        const text = SIMPLE_TYPES.dateTime.format(time) ?? '';
        expect(text).toBe(new Date(time).toISOString());
        expect(parse('dateTime', text)).toBe(time);
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });
});
