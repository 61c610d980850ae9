import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { XmlError } from '../../src/xml/xml-error.ts';
import type { XmlLimits } from '../../src/xml/xml-limits.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';
import { processorTime } from '../support/processor-time.ts';

const LIMITS: XmlLimits = { depth: 64, elements: 100_000, attributes: 64, nameLength: 100 };

/** Everything that a document says, one line an event. */
function eventsOf(document: string, limits = LIMITS): string[] {
  const reader = new XmlReader(document, limits);
  const events: string[] = [];
  for (;;) {
    const event = reader.read();
    if (event === 'eof') return events;
    if (event === 'text') events.push(JSON.stringify(reader.text));
    if (event === 'start') events.push(`<{${reader.namespace}}${reader.localName}`);
    if (event === 'end') events.push(`/${reader.path().join('/')}`);
  }
}

function problemOf(document: string, limits = LIMITS): string {
  try {
    eventsOf(document, limits);
  } catch (error) {
    if (error instanceof XmlError) return error.message;
    throw error;
  }
  return 'none';
}

function textOf(document: string): string {
  return eventsOf(document)
    .filter((event) => event.startsWith('"'))
    .map((event) => JSON.parse(event) as string)
    .join('|');
}

function attributeOf(document: string, namespace: string, localName: string): string | undefined {
  const reader = new XmlReader(document, LIMITS);
  reader.read();
  return reader.attribute(namespace, localName);
}

describe('what a document says', () => {
  test('elements, text and ends come in order, with the path to each end', () => {
    expect(eventsOf('<a><b>x</b>y</a>')).toEqual(['<{}a', '<{}b', '"x"', '/a/b', '"y"', '/a']);
  });

  test('an empty-element tag has an end like any other', () => {
    expect(eventsOf('<a ></a\n>')).toEqual(['<{}a', '/a']);
    expect(eventsOf('<a><b/><c /></a>')).toEqual(['<{}a', '<{}b', '/a/b', '<{}c', '/a/c', '/a']);
  });

  test('text runs on across comments and CDATA sections', () => {
    expect(textOf('<a>1<!-- no -->2<![CDATA[<3>&amp;]]>4</a>')).toBe('12<3>&amp;4');
  });

  test('an element with a comment alone has no text', () => {
    expect(eventsOf('<a><!-- no --><![CDATA[]]></a>')).toEqual(['<{}a', '/a']);
  });

  test('white space is text like any other', () => {
    expect(textOf('<a> \n\t</a>')).toBe(' \n\t');
  });

  test('every line end is one line feed', () => {
    expect(textOf('<a>1\r\n2\r3\n4&#13;</a>')).toBe('1\n2\n3\n4\r');
  });

  test('the predefined entities and character references are expanded', () => {
    expect(textOf('<a>&lt;&gt;&amp;&apos;&quot;&#65;&#x42;&#x1F600;&#00067;</a>')).toBe('<>&\'"AB😀C');
  });

  test('a pair of surrogate references, as Axis writes them, is the character that it means', () => {
    expect(textOf('<a>x&#xD83D;&#xDE00;y</a>')).toBe('x😀y');
    expect(textOf('<a>&#55357;&#56832;</a>')).toBe('😀');
    expect(attributeOf('<a b="&#xd83d;&#xde00;"/>', '', 'b')).toBe('😀');
  });

  test('declaration, comments and white space may stand around the root', () => {
    expect(
      eventsOf('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<!-- x --><a/>\n<!-- y -->\n'),
    ).toEqual(['<{}a', '/a']);
    expect(eventsOf("<?xml version='1.1'?><a/>")).toEqual(['<{}a', '/a']);
  });

  test('names may hold letters of any script', () => {
    expect(eventsOf('<größe.x-1_><名前/><𠀀/></größe.x-1_>')[1]).toBe('<{}名前');
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])(
    '%s is a name like any other',
    (name) => {
      expect(eventsOf(`<${name}:a xmlns:${name}="urn:x" ${name}="1"/>`)[0]).toBe('<{urn:x}a');
      expect(attributeOf(`<a ${name}="1"/>`, '', name)).toBe('1');
      expect(problemOf(`<${name}:a/>`)).toMatch(/^the prefix .* is not declared/);
    },
  );
});

describe('attributes', () => {
  test('a declaration is none, even of a prefix that is called like one', () => {
    expect(attributeOf('<a xmlns:id="urn:x"/>', '', 'id')).toBeUndefined();
    expect(attributeOf('<a xmlns:id="urn:x" id="1"/>', '', 'id')).toBe('1');
  });

  test('are all told of, with their namespaces', () => {
    const reader = new XmlReader('<a id="1" p:x="2" xmlns:p="urn:p"/>', LIMITS);
    reader.read();
    const seen: string[][] = [];
    reader.forEachAttribute((...attribute) => seen.push(attribute));
    expect(seen).toEqual([
      ['', 'id', '1'],
      ['urn:p', 'x', '2'],
      ['http://www.w3.org/2000/xmlns/', 'p', 'urn:p'],
    ]);
  });

  test('are found by namespace and local name', () => {
    const document = '<a x="0" xmlns:p="urn:p" p:x=\'1\' xml:lang = "en"/>';
    expect(attributeOf(document, '', 'x')).toBe('0');
    expect(attributeOf(document, 'urn:p', 'x')).toBe('1');
    expect(attributeOf(document, 'http://www.w3.org/XML/1998/namespace', 'lang')).toBe('en');
    expect(attributeOf(document, 'urn:q', 'x')).toBeUndefined();
  });

  test('the default namespace is not theirs', () => {
    expect(attributeOf('<a xmlns="urn:a" x="1"/>', '', 'x')).toBe('1');
    expect(attributeOf('<a xmlns="urn:a" x="1"/>', 'urn:a', 'x')).toBeUndefined();
  });

  test('white space in a value becomes spaces, unless it is written as a reference', () => {
    expect(attributeOf('<a x="1\t2\n3\r\n4&#9;&#10;&#13;5 >"/>', '', 'x')).toBe('1 2 3 4\t\n\r5 >');
  });

  test('those of an element are gone at the next', () => {
    const reader = new XmlReader('<a x="1"><b/></a>', LIMITS);
    reader.read();
    reader.read();
    expect(reader.attribute('', 'x')).toBeUndefined();
  });
});

describe('namespaces', () => {
  test('a declaration holds for its own element and what is in it, and no longer', () => {
    const document =
      '<p:a xmlns:p="urn:1" xmlns="urn:d"><p:b xmlns:p="urn:2"><c/></p:b><p:b/><d xmlns=""/><e/></p:a>';
    expect(eventsOf(document).filter((event) => event.startsWith('<'))).toEqual([
      '<{urn:1}a',
      '<{urn:2}b',
      '<{urn:d}c',
      '<{urn:1}b',
      '<{}d',
      '<{urn:d}e',
    ]);
  });

  test('a declaration may stand behind the attribute that uses it', () => {
    expect(attributeOf('<a p:x="1" xmlns:p="urn:p"/>', 'urn:p', 'x')).toBe('1');
  });

  test('one declared on an empty element is gone behind it', () => {
    expect(problemOf('<a><b xmlns:p="urn:p"/><p:c/></a>')).toBe(
      'the prefix p is not declared (line 1, column 24)',
    );
  });
});

describe('what is refused', () => {
  test.each([
    ['nothing at all', '', 'the document has no element'],
    ['no element', ' <!-- x -->', 'the document has no element'],
    ['no markup', 'hello', 'text before the root element'],
    ['text before the root', 'x<a/>', 'text before the root element'],
    ['text behind the root', '<a/>x', 'text after the root element'],
    ['CDATA behind the root', '<a/><![CDATA[x]]>', 'text after the root element'],
    ['a second root', '<a/><b/>', 'something after the root element'],
    ['a byte order mark in the text', '\uFEFF<a/>', 'text before the root element'],
    ['an end without a start', '</a>', 'a name is expected here'],
    ['the wrong end', '<a><b></a></b>', '</b> is expected here'],
    ['an end without a name', '<a></>', '</a> is expected here'],
    ['an end with a space before its name', '<a></ a>', '</a> is expected here'],
    ['an end with an attribute', '<a></a b="">', '</a> is expected here'],
    ['the end of a longer name', '<a></ab>', '</a> is expected here'],
    ['a missing end', '<a><b></b>', 'the document ends inside <a>'],
    ['a document that ends in a tag', '<a><b', 'white space or the end of the tag is expected here'],
    ['a document that ends in a value', '<a b="', 'an attribute value is not closed'],
    ['a slash in the middle', '<a/ >', 'the tag <a is not closed'],
    ['a space before the name', '< a/>', 'a name is expected here'],
    ['a digit at the start', '<1a/>', 'a name is expected here'],
    ['two colons', '<a:b:c xmlns:a="urn:a"/>', 'a second colon in a name'],
    ['a colon at the start', '<:a/>', 'a name is expected here'],
    ['a colon at the end', '<a:/>', 'a name is expected behind the colon'],
    ['no space between attributes', '<a b="1"c="2"/>', 'white space or the end of the tag is expected here'],
    ['an attribute without a value', '<a b/>', 'the attribute b has no value'],
    ['a value without quotes', '<a b=1/>', 'an attribute value without quotes'],
    ['< in a value', '<a b="<"/>', '< in an attribute value'],
    ['an attribute twice', '<a b="1" b="1"/>', 'the attribute b stands there twice'],
    [
      'an attribute twice under two prefixes',
      '<a xmlns:p="u" xmlns:q="u" p:b="" q:b=""/>',
      'the attribute b stands there twice',
    ],
    ['a declaration twice', '<a xmlns:p="u" xmlns:p="u"/>', 'the attribute xmlns:p stands there twice'],
    ['an undeclared prefix', '<p:a/>', 'the prefix p is not declared'],
    ['an undeclared prefix of an attribute', '<a p:b=""/>', 'the prefix p is not declared'],
    ['a prefix without a namespace', '<a xmlns:p=""/>', 'the prefix p is declared without a namespace'],
    ['xmlns declared', '<a xmlns:xmlns="u"/>', 'the prefix xmlns cannot be declared'],
    [
      'xml declared as something else',
      '<a xmlns:xml="u"/>',
      'the prefix xml and its namespace belong together',
    ],
    [
      'the xmlns namespace declared',
      '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>',
      'http://www.w3.org/2000/xmlns/ cannot be declared',
    ],
    [
      'a document type',
      '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
      'a document type declaration is not accepted',
    ],
    ['a document type inside', '<a><!DOCTYPE a></a>', 'a document type declaration is not accepted'],
    ['a processing instruction', '<?php x?><a/>', 'a processing instruction is not accepted'],
    ['a processing instruction inside', '<a><?x?></a>', 'a processing instruction is not accepted'],
    ['a stylesheet', '<?xml-stylesheet href="x"?><a/>', 'a processing instruction is not accepted'],
    [
      'a declaration that comes late',
      ' <?xml version="1.0"?><a/>',
      'an XML declaration after the beginning is not accepted',
    ],
    [
      'a declaration without a version',
      '<?xml encoding="utf-8"?><a/>',
      'the XML declaration is not well-formed',
    ],
    ['a declaration of version 2', '<?xml version="2.0"?><a/>', 'the XML declaration is not well-formed'],
    ['something unknown', '<a><!x></a>', '<! begins nothing known'],
    ['an open comment', '<a><!-- </a>', 'a comment is not closed'],
    ['two dashes in a comment', '<a><!-- -- --></a>', '-- inside a comment'],
    ['three dashes at its end', '<a><!-- ---></a>', '-- inside a comment'],
    ['an open CDATA section', '<a><![CDATA[ ]]</a>', 'a CDATA section is not closed'],
    [']]> in text', '<a>]]></a>', ']]> in text'],
    ['an unknown entity', '<a>&nbsp;</a>', 'the entity "nbsp" is not defined'],
    ['an entity named like a property', '<a>&constructor;</a>', 'the entity "constructor" is not defined'],
    ['a bare &', '<a>b & c</a>', 'an & that begins no reference'],
    ['an empty reference', '<a>&;</a>', 'an & that begins no reference'],
    ['a reference across a tag', '<a>&lt<b/>;</a>', 'an & that begins no reference'],
    ['a reference to nothing', '<a>&#;</a>', '"&#;" is no character that XML allows'],
    ['a reference with X', '<a>&#X41;</a>', '"&#X41;" is no character that XML allows'],
    ['a reference to NUL', '<a>&#0;</a>', '"&#0;" is no character that XML allows'],
    ['a reference to a control character', '<a b="&#x1F;"/>', '"&#x1F;" is no character that XML allows'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>', '"&#x110000;" is no character that XML allows'],
    ['a high surrogate alone', '<a>&#xD83D;x</a>', '"&#xD83D;" is no character that XML allows'],
    ['a low surrogate alone', '<a>&#xDE00;</a>', '"&#xDE00;" is no character that XML allows'],
    ['two high surrogates', '<a>&#xD83D;&#xD83D;</a>', '"&#xD83D;" is no character that XML allows'],
    ['a pair the wrong way round', '<a>&#xDE00;&#xD83D;</a>', '"&#xDE00;" is no character that XML allows'],
    [
      'a high surrogate and a real low one',
      '<a>&#xD83D;\uDE00</a>',
      'U+DE00 is no character that XML allows',
    ],
    ['a lone surrogate', '<a>\uD83D</a>', 'U+D83D is no character that XML allows'],
    ['NUL', '<a>\0</a>', 'U+0000 is no character that XML allows'],
    ['a control character in a comment', '<a><!--\x01--></a>', 'U+0001 is no character that XML allows'],
    ['U+FFFE', '<a>\uFFFE</a>', 'U+FFFE is no character that XML allows'],
  ])('%s', (_what, document, problem) => {
    expect(problemOf(document).replace(/ \(line.*/, '')).toBe(problem);
  });

  test('a message ends in the line and the column', () => {
    expect(problemOf('<a>\r\n <b>\n  &x;</b></a>')).toBe('the entity "x" is not defined (line 3, column 3)');
  });

  test('a message quotes no more than a piece of what came', () => {
    const long = 'x'.repeat(1000);
    const limits = { ...LIMITS, nameLength: 10_000 };
    for (const document of [
      `<a>&${long};</a>`,
      `<a>&#${long};</a>`,
      `<${long}>`,
      `<a ${long}/>`,
      `<${long}:a/>`,
      `<a xmlns:${long}=""/>`,
      `<a ${long}="" ${long}=""/>`,
    ]) {
      expect(problemOf(document, limits).length).toBeLessThan(140);
    }
  });
});

describe('limits', () => {
  test.each([
    ['depth', { depth: 2 }, '<a><b/><b/></a>', '<a><b><c/></b></a>', 'more than 2 levels of elements'],
    ['elements', { elements: 3 }, '<a><b/><b/></a>', '<a><b/><b/><b/></a>', 'more than 3 elements'],
    [
      'attributes',
      { attributes: 2 },
      '<a b="" c=""/>',
      '<a b="" c="" xmlns="u"/>',
      'more than 2 attributes on one element',
    ],
    [
      'children',
      { children: 2 },
      '<a><b><c/><c/></b><b/></a>',
      '<a><b/><b><c/></b><b/></a>',
      'more than 2 elements in <a>',
    ],
    ['nameLength', { nameLength: 3 }, '<abc/>', '<abcd/>', 'a name of more than 3 characters'],
  ])(
    '%s: the last that fits is taken, the first that does not is refused',
    (_name, limit, good, bad, problem) => {
      expect(problemOf(good, { ...LIMITS, ...limit })).toBe('none');
      expect(problemOf(bad, { ...LIMITS, ...limit })).toContain(problem);
    },
  );
});

describe('cost', () => {
  /** Each took between 25 s and minutes with a reader of quadratic cost; with this one some 50 ms. */
  test.each([
    ['xmlns declarations on one element', () => `<a ${times(20_000, (i) => `xmlns:p${i}="urn:${i}"`)}/>`],
    ['attributes on one element', () => `<a xmlns:p="urn:p" ${times(40_000, (i) => `p:a${i}=""`)}/>`],
    [
      'xmlns declarations one inside the other',
      () => `${times(20_000, (i) => `<a xmlns:p${i}="urn:${i}">`)}${'</a>'.repeat(20_000)}`,
    ],
    ['levels', () => `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
    ['carriage returns in text', () => `<a>${'\r'.repeat(20_000_000)}</a>`],
    ['tabs in an attribute', () => `<a b="${'\t'.repeat(20_000_000)}"/>`],
    ['references', () => `<a>${'&amp;'.repeat(200_000)}</a>`],
    ['comments in text', () => `<a>${'x<!---->'.repeat(100_000)}</a>`],
    ['open brackets', () => `<a>${']]'.repeat(400_000)}</a>`],
  ])('of very many %s is in proportion', async (_what, build) => {
    const limits = { depth: 1e6, elements: 1e6, attributes: 1e6, nameLength: 100 };
    const document = build();
    const taken = await processorTime(() => {
      const reader = new XmlReader(document, limits);
      while (reader.read() !== 'eof');
    });
    expect(taken).toBeLessThan(3_000);
  });

  function times(count: number, write: (index: number) => string): string {
    return Array.from({ length: count }, (_, index) => write(index)).join(' ');
  }
});

describe('any input', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<a>',
      '</a>',
      '<a',
      '<b:c',
      '/>',
      '>',
      ' ',
      'xmlns:b="u"',
      'xmlns=""',
      'x="',
      '"',
      "'",
      '=',
      '&',
      '&amp;',
      '&#',
      'xD83D;',
      '&#xDE00;',
      ';',
      '<!--',
      '-->',
      '--',
      '<![CDATA[',
      ']]>',
      '<?xml version="1.0"?>',
      '<?',
      '?>',
      '<!DOCTYPE',
      '\r\n',
      ':',
      '\0',
      '\uD800',
      '名',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );

  test('gives events or an XmlError, nothing else', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        problemOf(pieces.join(''));
        problemOf(`<r>${pieces.join('')}</r>`);
      }),
      { seed: 1, numRuns: 3_000 },
    );
  });
});
