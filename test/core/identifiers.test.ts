import { describe, expect, test } from 'vitest';
import {
  checkGroup,
  checkJobId,
  checkTargetId,
  checkText,
  checkUsername,
  isUsername,
} from '../../src/core/identifiers.ts';

/** One code point, two UTF-16 units, four bytes. */
const CLEF = '\u{1D11E}';
const code = (point: number) => String.fromCodePoint(point);

function refusal(message: string) {
  return expect.objectContaining({ code: 'INVALID_ARGUMENT', message });
}

describe('a job id', () => {
  test.each([
    ['one character', 'a'],
    ['64 characters', 'x'.repeat(64)],
    ['the first allowed', '\x21'],
    ['the last allowed', '~'],
  ])('may be %s', (_, id) => {
    expect(checkJobId('job_id', id)).toBe(id);
  });

  test('may hold any character from x21 to x7E', () => {
    for (let point = 0x21; point <= 0x7e; point += 1)
      expect(checkJobId('job_id', code(point))).toBe(code(point));
  });

  test.each([
    ['65 characters', 'x'.repeat(65)],
    ['a space', 'a b'],
    ['a space at the end', 'a '],
    ['a line end', 'a\n'],
    ['DEL', 'a\x7F'],
    ['NUL', 'a\0'],
    ['a letter beyond ASCII', 'ä'],
    ['a character beyond U+FFFF', CLEF],
    ['half a surrogate pair', '\uD834'],
  ])('with %s is refused by name', (_, id) => {
    expect(() => checkJobId('taskID', id)).toThrow(
      refusal('taskID must be 1 to 64 printable ASCII characters without spaces'),
    );
  });

  test('that is empty is missing', () => {
    expect(() => checkJobId('taskID', '')).toThrow(refusal('taskID is missing'));
  });
});

describe.each([
  ['a group', checkGroup, 64],
  ['a target id', checkTargetId, 256],
] as const)('%s', (_, check, limit) => {
  test.each([
    [`${limit} characters`, 'x'.repeat(limit)],
    [`${limit} characters beyond U+FFFF`, CLEF.repeat(limit)],
    ['spaces at both ends, which are kept', '  a  '],
    ['characters beyond ASCII', 'Prüfgruppe Süd – 一'],
    ['the space after the C1 controls', '\u00A0'],
    ['characters that XML escapes', '<&>"\''],
  ])('may have %s', (_what, value) => {
    expect(check('it', value)).toBe(value);
  });

  test.each([
    [`${limit + 1} characters`, 'x'.repeat(limit + 1)],
    [`${limit + 1} characters beyond U+FFFF`, CLEF.repeat(limit + 1)],
    [`${limit} characters beyond U+FFFF and one more`, `${CLEF.repeat(limit)}x`],
    ['a length that is surely too great', 'x'.repeat(1_000_000)],
  ])('of %s is too long', (_what, value) => {
    expect(() => check('it', value)).toThrow(refusal(`it must be at most ${limit} characters`));
  });

  test('may not hold any control character, C0, DEL or C1', () => {
    const controls = [...Array(0x20).keys(), 0x7f, ...Array.from({ length: 0x20 }, (_, at) => 0x80 + at)];
    for (const point of controls) {
      expect(() => check('it', `a${code(point)}b`)).toThrow(
        refusal('it must not contain control characters'),
      );
    }
  });

  test.each([
    ['the first half alone', 'a\uD834'],
    ['the second half alone', '\uDD1Ea'],
    ['the halves swapped', '\uDD1E\uD834'],
  ])('may not hold %s of a surrogate pair', (_what, value) => {
    expect(() => check('it', value)).toThrow(refusal('it is not well-formed Unicode'));
  });
});

describe('a text', () => {
  test('may be empty, hold line ends and reach its limit in characters beyond U+FFFF', () => {
    for (const text of ['', 'one\r\ntwo\t', CLEF.repeat(10)]) expect(checkText('it', text, 10)).toBe(text);
  });

  test('one character past its limit is refused', () => {
    expect(() => checkText('the comment', CLEF.repeat(11), 10)).toThrow(
      refusal('the comment must be at most 10 characters'),
    );
  });

  test('with half a surrogate pair is refused', () => {
    expect(() => checkText('the comment', 'a\uDC00', 10)).toThrow(
      refusal('the comment is not well-formed Unicode'),
    );
  });
});

describe('a user name', () => {
  test.each([['a'], ['x'.repeat(64)], ['first.last@example.com'], ['DOMAIN\\user'], ['!~']])(
    'may be %s',
    (name) => {
      expect(checkUsername(name)).toBe(name);
    },
  );

  test.each([
    ['empty', ''],
    ['65 characters', 'x'.repeat(65)],
    ['with a colon, which ends the name in HTTP Basic', 'a:b'],
    ['with a space', 'a b'],
    ['with a line end', 'a\n'],
    ['with DEL', 'a\x7F'],
    ['beyond ASCII', 'jürgen'],
  ])('is refused when it is %s', (_, name) => {
    expect(isUsername(name)).toBe(false);
    expect(() => checkUsername(name)).toThrow(
      refusal('a user name must be 1 to 64 printable ASCII characters without spaces or colons'),
    );
  });
});
