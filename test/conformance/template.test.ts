import { describe, expect, test } from 'vitest';
import { fill, match } from './template.ts';

const UUID = '0b1f6a52-7d0e-4c64-9a3b-1f2e3d4c5b6a';

describe('a template', () => {
  test('without placeholders is met by the same text alone', () => {
    expect(match('abc', 'abc', new Map())).toBeUndefined();
    expect(match('abc', 'abd', new Map())).toEqual({ before: 'ab', expected: 'c', actual: 'd' });
    expect(match('abc', 'ab', new Map())).toEqual({ before: 'ab', expected: 'c', actual: '' });
    expect(match('abc', 'abcd', new Map())).toEqual({ before: 'abc', expected: '', actual: 'd' });
  });

  test('takes a value of the kind that a placeholder names, and wants the same one again', () => {
    const values = new Map<string, string>();
    expect(match('<id>{{job:uuid}}</id>', `<id>${UUID}</id>`, values)).toBeUndefined();
    expect(values).toEqual(new Map([['job', UUID]]));
    expect(match('<id>{{job}}</id>', `<id>${UUID}</id>`, values)).toBeUndefined();
    expect(match('<id>{{job}}</id>', '<id>another</id>', values)).toEqual({
      before: '<id>',
      expected: UUID,
      actual: 'another</id>',
    });
  });

  test('wants the same value of a placeholder that stands there twice', () => {
    expect(match('{{a:int}} {{a}}', '7 7', new Map())).toBeUndefined();
    expect(match('{{a:int}} {{a}}', '7 8', new Map())).toMatchObject({ expected: '7', actual: '8' });
  });

  test.each([
    ['dateTime', '2010-01-02T03:04:05.678Z', '2010-01-02T03:04:05Z'],
    ['id', '7-12', '-7'],
    ['int', '-12', '+12'],
    ['localTime', '2010-01-02T03:04:05.678', '2010-01-02T03:04:05.678Z'],
    ['seconds', '59.999', '60.000'],
    ['token', 'x'.repeat(43), 'x'.repeat(42)],
    ['uuid', UUID, UUID.toUpperCase()],
  ])('knows a %s from what is none', (kind, good, bad) => {
    expect(match(`{{a:${kind}}}`, good, new Map())).toBeUndefined();
    expect(match(`{{a:${kind}}}`, bad, new Map())).toMatchObject({ expected: `{{a:${kind}}}`, actual: bad });
  });

  test('takes anything up to the text that comes next', () => {
    const values = new Map<string, string>();
    expect(match('<a>{{rest:anything}}</a>', '<a>x<b/></a>', values)).toBeUndefined();
    expect(values.get('rest')).toBe('x<b/>');
  });

  test('is filled with the values known so far', () => {
    expect(fill('<id>{{job}}</id>', new Map([['job', UUID]]))).toBe(`<id>${UUID}</id>`);
    expect(() => fill('{{job}}', new Map())).toThrow('{{job}} has no value yet');
  });

  test('that names no kind, or none that there is, is a mistake', () => {
    expect(() => match('{{job}}', 'x', new Map())).toThrow('no kind to find one by');
    expect(() => match('{{job:guid}}', 'x', new Map())).toThrow('there is no such kind');
  });
});
