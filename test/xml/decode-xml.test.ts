import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { CharsetError } from '../../src/xml/charset-error.ts';
import { decodeXml } from '../../src/xml/decode-xml.ts';

const BOM = '\uFEFF';

function bytes(text: string, charset: string): Buffer {
  return iconv.encode(text, charset, { addBOM: false });
}

function failureOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CharsetError) return `${error.reason}: ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('the charset of a document', () => {
  test.each([
    ['utf-8', 'utf-8', 'ä€😀'],
    ['UTF8', 'utf-8', 'ä€😀'],
    ['utf-16le', 'utf-16le', 'ä€😀'],
    ['utf-16be', 'utf-16be', 'ä€😀'],
    ['ISO-8859-1', 'iso-8859-1', 'ä\x80\x9F'],
    ['latin1', 'iso-8859-1', 'ä'],
    ['windows-1252', 'windows-1252', 'ä€™'],
    ['us-ascii', 'utf-8', 'a'],
  ])('%s of the Content-Type', (label, charset, text) => {
    expect(decodeXml(bytes(`<a>${text}</a>`, charset), label)).toBe(`<a>${text}</a>`);
  });

  test.each([
    ['utf-8', 'utf-8', 'ä€😀'],
    ['UTF-16', 'utf-16le', 'ä€😀'],
    ['UTF-16', 'utf-16be', 'ä€😀'],
    ['utf-16LE', 'utf-16le', 'ä€😀'],
    ['ISO-8859-1', 'iso-8859-1', 'ä'],
    ['windows-1252', 'windows-1252', 'ä€™'],
    ['US-ASCII', 'utf-8', 'a'],
  ])('%s of the XML declaration, in %s', (label, charset, text) => {
    const document = `<?xml version='1.0' encoding='${label}'?>\n<a>${text}</a>`;
    expect(decodeXml(bytes(document, charset))).toBe(document);
  });

  test('without any word it is UTF-8', () => {
    expect(decodeXml(Buffer.from('<a>ä😀</a>'))).toBe('<a>ä😀</a>');
    expect(decodeXml(Buffer.from('<?xml version="1.0"?><a>ä</a>'))).toBe('<?xml version="1.0"?><a>ä</a>');
  });

  test('UTF-16 without any word or mark is seen by its zeros', () => {
    expect(decodeXml(bytes('<a>ä</a>', 'utf-16le'))).toBe('<a>ä</a>');
    expect(decodeXml(bytes('<a>ä</a>', 'utf-16be'))).toBe('<a>ä</a>');
  });

  test('UTF-16 of the Content-Type without a mark is read by its zeros, else as big-endian', () => {
    expect(decodeXml(bytes('<a>ä</a>', 'utf-16le'), 'utf-16')).toBe('<a>ä</a>');
    expect(decodeXml(bytes('<a>ä</a>', 'utf-16be'), 'utf-16')).toBe('<a>ä</a>');
    expect(decodeXml(bytes('\n<a/>', 'utf-16be'), 'utf-16')).toBe('\n<a/>');
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be'])(
    'a byte order mark of %s counts for more than anything else',
    (charset) => {
      const document = '<?xml version="1.0" encoding="windows-1252"?><a>ä€😀</a>';
      expect(decodeXml(bytes(BOM + document, charset), 'iso-8859-1')).toBe(document);
    },
  );

  test('only one mark is taken away', () => {
    expect(decodeXml(Buffer.from(`${BOM}${BOM}<a/>`))).toBe(`${BOM}<a/>`);
  });

  test('the Content-Type counts for more than the declaration, even one that says UTF-16', () => {
    const document = '<?xml version="1.0" encoding="utf-16"?><a>ä</a>';
    expect(decodeXml(Buffer.from(document), 'utf-8')).toBe(document);
  });

  test('the bytes are left as they were', () => {
    const input = bytes('<a>ä</a>', 'utf-16be');
    const before = Buffer.from(input);
    decodeXml(input);
    expect(input).toEqual(before);
  });
});

describe('bytes that cannot be read', () => {
  test.each([
    ['an unknown charset', Buffer.from('<a/>'), 'koi8-r', 'unsupported: charset "koi8-r" is not supported'],
    [
      'a charset named like a property',
      Buffer.from('<a/>'),
      '__proto__',
      'unsupported: charset "__proto__" is not supported',
    ],
    [
      'an unknown charset declared',
      Buffer.from('<?xml version="1.0" encoding="x"?><a/>'),
      undefined,
      'unsupported: charset "x" is not supported',
    ],
    [
      'UTF-32',
      Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]),
      undefined,
      'unsupported: charset utf-32 is not supported',
    ],
    [
      'ISO-8859-1 that says nothing',
      Buffer.from('<a>ä</a>', 'latin1'),
      undefined,
      'malformed: the bytes are not well-formed utf-8',
    ],
    [
      'an overlong sequence',
      Buffer.from([0x3c, 0xc0, 0x80]),
      'utf-8',
      'malformed: the bytes are not well-formed utf-8',
    ],
    [
      'half a character',
      Buffer.from([0x3c, 0xe2, 0x82]),
      'utf-8',
      'malformed: the bytes are not well-formed utf-8',
    ],
    [
      'a surrogate in UTF-8',
      Buffer.from([0xed, 0xa0, 0x80]),
      'utf-8',
      'malformed: the bytes are not well-formed utf-8',
    ],
    [
      'an odd byte in UTF-16LE',
      Buffer.from([0x3c, 0, 0x61]),
      'utf-16le',
      'malformed: the bytes are not well-formed utf-16le',
    ],
    [
      'an odd byte in UTF-16BE',
      Buffer.from([0, 0x3c, 0]),
      'utf-16be',
      'malformed: the bytes are not well-formed utf-16be',
    ],
    [
      'a lone surrogate in UTF-16',
      Buffer.from([0x3c, 0, 0x3d, 0xd8, 0x3c, 0]),
      'utf-16le',
      'malformed: the bytes are not well-formed utf-16le',
    ],
    [
      'a hole of windows-1252',
      Buffer.from([0x81]),
      'windows-1252',
      'malformed: the bytes are not well-formed windows-1252',
    ],
    [
      'eight bits in ASCII',
      Buffer.from([0xe4]),
      'us-ascii',
      'malformed: the bytes are not well-formed us-ascii',
    ],
    [
      'UTF-8 that says UTF-16',
      Buffer.from('<?xml version="1.0" encoding="utf-16"?><a/>'),
      undefined,
      'malformed: the XML declaration says utf-16, but the bytes are not',
    ],
    [
      'UTF-16 that says UTF-8',
      bytes('<?xml version="1.0" encoding="utf-8"?><a/>', 'utf-16le'),
      undefined,
      'malformed: the XML declaration says utf-8, but the bytes are not',
    ],
  ])('%s', (_what, input, charset, failure) => {
    expect(failureOf(() => decodeXml(input, charset))).toBe(failure);
  });
});
