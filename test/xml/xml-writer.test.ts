import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseXmlDocument, type XmlElement } from '../../src/xml/xml-document.ts';
import { writeXml, type XmlNode } from '../../src/xml/xml-writer.ts';

const LIMITS = { depth: 100, elements: 1_000, attributes: 10, nameLength: 20 };
const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

describe('the XML writer', () => {
  test('writes elements and attributes in the order given', () => {
    const root: XmlNode = {
      name: 'Job',
      attributes: { Type: 'Import', Status: 'Queued', Address: 'http://x/1' },
      content: [
        { name: 'Z', content: 'last letter first' },
        { name: 'A', content: [{ name: 'B' }] },
        { name: 'A', content: '' },
      ],
    };
    expect(writeXml(root)).toBe(
      `${DECLARATION}<Job Type="Import" Status="Queued" Address="http://x/1"><Z>last letter first</Z><A><B/></A><A/></Job>`,
    );
  });

  test('escapes each value once, in the way of its place', () => {
    const root: XmlNode = { name: 'a', attributes: { b: '<"\n&amp;>' }, content: '<"\n&amp;>\r]]>' };
    expect(writeXml(root)).toBe(
      `${DECLARATION}<a b="&lt;&quot;&#xA;&amp;amp;&gt;">&lt;"\n&amp;amp;&gt;&#xD;]]&gt;</a>`,
    );
  });

  test('writes U+FFFD for what XML has no way to write', () => {
    expect(writeXml({ name: 'a', attributes: { b: '\uD83D' }, content: '\0\x1B' })).toBe(
      `${DECLARATION}<a b="\uFFFD">\uFFFD\uFFFD</a>`,
    );
  });

  test('a text that ends like a tag stays on its line', () => {
    expect(writeXml({ name: 'a', content: [{ name: 'b', content: 'x>' }, { name: 'c' }] })).toBe(
      `${DECLARATION}<a><b>x&gt;</b><c/></a>`,
    );
  });

  test('whatever is written, our own reader reads as it was', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '\n', '\r', '\t', '<', '>', '&', '"', "'", ']', 'é', '😀'),
    });
    const { node } = fc.letrec<{ node: XmlNode }>((tie) => ({
      node: fc.record({
        name: fc.constantFrom('a', 'b-c', 'constructor', '_'),
        attributes: fc.dictionary(fc.constantFrom('x', 'y', 'toString'), text, { noNullPrototype: true }),
        content: fc.oneof({ maxDepth: 3 }, text, fc.array(tie('node'), { maxLength: 3 })),
      }),
    }));
    fc.assert(
      fc.property(node, (root) => {
        const read = parseXmlDocument(Buffer.from(writeXml(root)), undefined, LIMITS);
        expect(asWritten(read)).toEqual(asGiven(root));
      }),
    );
  });
});

function asWritten({ name, attributes, text, children }: XmlElement): object {
  return { name, attributes: Object.fromEntries(attributes), text, children: children.map(asWritten) };
}

function asGiven({ name, attributes = {}, content = '' }: XmlNode): object {
  const text = typeof content === 'string' ? content : '';
  const children = typeof content === 'string' ? [] : content.map(asGiven);
  return { name, attributes, text, children };
}
