import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeAttribute, escapeText } from '../../src/xml/escape.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';

const LIMITS = { depth: 1, elements: 1, attributes: 1, nameLength: 1 };

/** Lone surrogates as U+FFFD: what every encoder makes of them. */
function wellFormed(value: string): string {
  return Buffer.from(value).toString();
}

describe('escaping', () => {
  test.each([
    ['plain text', 'plain text'],
    ['<a b="c">&\'</a>', '&lt;a b="c"&gt;&amp;\'&lt;/a&gt;'],
    [']]>', ']]&gt;'],
    ['1\t2\n3\r', '1\t2\n3&#xD;'],
    ['\0\x1B\uFFFE\uFFFF', '\uFFFD\uFFFD\uFFFD\uFFFD'],
    ['\uD83Dx\uDE00', '\uFFFDx\uFFFD'],
    ['😀 & ä', '😀 &amp; ä'],
  ])('%j as text', (value, escaped) => {
    expect(escapeText(value)).toBe(escaped);
  });

  test.each([
    ['plain', 'plain'],
    ['"\'<&>', "&quot;'&lt;&amp;&gt;"],
    ['1\t2\n3\r', '1&#x9;2&#xA;3&#xD;'],
    ['\0\uD83D', '\uFFFD\uFFFD'],
  ])('%j as an attribute', (value, escaped) => {
    expect(escapeAttribute(value)).toBe(escaped);
  });

  test('what was escaped is read as it was, but for what XML cannot say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot say
        const sayable = wellFormed(value).replace(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, '\uFFFD');
        const reader = new XmlReader(`<a b="${escapeAttribute(value)}">${escapeText(value)}.</a>`, LIMITS);
        reader.read();
        expect(reader.attribute('', 'b')).toBe(sayable);
        reader.read();
        expect(reader.text).toBe(`${sayable}.`);
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });
});
