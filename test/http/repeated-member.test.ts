import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatedMember } from '../../src/http/repeated-member.ts';

test.each([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":1,"b":{"a":2},"c":[{"a":3},"a","a"]}', undefined],
  ['[{"a":1},{"a":1}]', undefined],
  ['{"a":{"b":1,"b":2}}', 'b'],
  ['[1,{"x":[{"y":"\\"","y":0}]}]', 'y'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"a":"a","b":"a"}', undefined],
  ['{"a" : "}" , "a" : 1}', 'a'],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ['"a"', undefined],
  ['{}', undefined],
])('%s: %s', (text, name) => {
  expect(repeatedMember(text)).toBe(name);
});

test('what JSON.stringify writes repeats nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(repeatedMember(JSON.stringify(value, null, 1))).toBeUndefined();
    }),
  );
});
