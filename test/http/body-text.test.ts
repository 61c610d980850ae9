import { describe, expect, test } from 'vitest';
import { decodeBody } from '../../src/http/body-text.ts';

const TEXT = '{"a":"grüße"}';
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const marked = (mark: number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes]);

describe('the text of a body', () => {
  test.each([
    ['UTF-8, which nobody names', Buffer.from(TEXT), undefined],
    ['UTF-8 with a mark', marked([0xef, 0xbb, 0xbf], Buffer.from(TEXT)), undefined],
    ['UTF-8 with a mark and its name', marked([0xef, 0xbb, 0xbf], Buffer.from(TEXT)), 'UTF-8'],
    [
      'UTF-8 with a mark that gives the lie to the header',
      marked([0xef, 0xbb, 0xbf], Buffer.from(TEXT)),
      'latin1',
    ],
    ['UTF-16LE with a mark', marked([0xff, 0xfe], Buffer.from(TEXT, 'utf16le')), undefined],
    ['UTF-16BE with a mark', marked([0xfe, 0xff], utf16be(TEXT)), undefined],
    ['UTF-16 with a mark and its name', marked([0xff, 0xfe], Buffer.from(TEXT, 'utf16le')), 'utf-16'],
    ['UTF-16LE, told by its zeros', Buffer.from(TEXT, 'utf16le'), undefined],
    ['UTF-16BE, told by its zeros', utf16be(TEXT), undefined],
    ['UTF-16LE, named', Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
    ['UTF-16 of Windows, named', Buffer.from(TEXT, 'utf16le'), 'UTF-16'],
    ['ISO-8859-1, named', Buffer.from(TEXT, 'latin1'), 'ISO-8859-1'],
    ['windows-1252, named', Buffer.from(TEXT, 'latin1'), ' windows-1252 '],
  ])('is read in %s', (_, body, charset) => {
    expect(decodeBody(body, charset)).toBe(TEXT);
  });

  test('may be empty', () => {
    expect(decodeBody(Buffer.alloc(0), undefined)).toBe('');
  });

  test('has the euro sign in windows-1252', () => {
    expect(decodeBody(Buffer.from([0x80]), 'windows-1252')).toBe('€');
  });

  test.each([
    ['UTF-8', Buffer.from(TEXT, 'latin1'), undefined, 'utf-8'],
    ['UTF-8 that is cut short', Buffer.from('ü').subarray(0, 1), 'utf-8', 'utf-8'],
    ['US-ASCII', Buffer.from(TEXT), 'us-ascii', 'us-ascii'],
    ['windows-1252', Buffer.from([0x81]), 'windows-1252', 'windows-1252'],
    ['UTF-16 of an odd number of bytes', Buffer.from([0x7b, 0, 0x7d]), undefined, 'utf-16le'],
  ])('that is no %s is refused', (_, body, charset, named) => {
    expect(() => decodeBody(body, charset)).toThrow(
      expect.objectContaining({
        status: 400,
        code: 'BODY_MALFORMED',
        message: `the body's bytes are not well-formed ${named}`,
      }),
    );
  });

  test.each([
    ['a charset that we do not read', Buffer.from(TEXT), 'ebcdic-cp-us'],
    ['UTF-32, little end first', marked([0xff, 0xfe, 0, 0], Buffer.alloc(4)), undefined],
    ['UTF-32, big end first', marked([0, 0, 0xfe, 0xff], Buffer.alloc(4)), 'utf-8'],
  ])('in %s is refused with 415', (_, body, charset) => {
    expect(() => decodeBody(body, charset)).toThrow(
      expect.objectContaining({ status: 415, code: 'CHARSET_UNSUPPORTED' }),
    );
  });
});
