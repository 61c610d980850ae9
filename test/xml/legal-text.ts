import fc from 'fast-check';
import { replaceIllegalCharacters } from '../../src/xml/xml-characters.ts';

/** Text that XML has a way to write, with what is hard about it. */
export const legalText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map(replaceIllegalCharacters),
  fc.constantFrom(
    '',
    ' ',
    ' a ',
    '\r\n\t',
    '<&>"\']]>',
    '😀',
    '\u0085\u2028\uFEFF',
    '\\/Date(1)\\/',
    '__proto__',
  ),
);
