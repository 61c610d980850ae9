import { expect, test } from 'vitest';
import { quote } from '../../src/xml/quote.ts';

test.each([
  ['12abc', '"12abc"'],
  ['a\n"\0', '"a\\n\\"\\u0000"'],
  ['\uD800', '"\\ud800"'],
  ['x'.repeat(40), `"${'x'.repeat(40)}"`],
  ['x'.repeat(41), `"${'x'.repeat(40)}"…`],
  [`${'x'.repeat(39)}😀`, `"${'x'.repeat(39)}"…`],
])('%j is quoted as %s', (text, quoted) => {
  expect(quote(text)).toBe(quoted);
});
