import { describe, expect, test } from 'vitest';
import { CharsetError } from '../../src/xml/charset-error.ts';
import { parseXmlDocument, type XmlElement } from '../../src/xml/xml-document.ts';
import { XmlError } from '../../src/xml/xml-error.ts';

const LIMITS = { depth: 4, elements: 8, attributes: 4, nameLength: 20 };

function parse(xml: string | Buffer, contentType?: string): XmlElement {
  return parseXmlDocument(Buffer.from(xml), contentType, LIMITS);
}

describe('a small XML document', () => {
  test('keeps children in their order, with namespaces resolved', () => {
    const root = parse('<a xmlns="urn:a" xmlns:b="urn:b"><b:x/><y xmlns=""/><x>1</x></a>');
    expect(root.children.map(({ namespace, name, text }) => [namespace, name, text])).toEqual([
      ['urn:b', 'x', ''],
      ['', 'y', ''],
      ['urn:a', 'x', '1'],
    ]);
  });

  test('has the attributes in no namespace, not the declarations and not the prefixed ones', () => {
    const root = parse('<a xmlns="urn:a" xmlns:b="urn:b" b:c="1" d="2"/>');
    expect([...root.attributes]).toEqual([['d', '2']]);
  });

  test('takes names of JavaScript for names', () => {
    const root = parse('<a __proto__="1"><constructor/></a>');
    expect([...root.attributes]).toEqual([['__proto__', '1']]);
    expect(root.children[0]?.name).toBe('constructor');
  });

  test('tells a reference from the same characters in a CDATA section', () => {
    expect(parse('<a>&lt;<![CDATA[&lt;]]></a>').text).toBe('<&lt;');
  });

  test('reads text on both sides of a child and neither trims nor converts', () => {
    const root = parse('<a> 007 <b>x</b><!-- no -->1e3\n</a>');
    expect(root.text).toBe(' 007 1e3\n');
    expect(root.children[0]?.text).toBe('x');
  });

  test.each([
    ['true', true],
    ['1', true],
    [' true ', true],
    ['false', false],
    ['yes', false],
  ])('with xsi:nil=%j has nil %s', (value, nil) => {
    const xml = `<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="${value}"/>`;
    expect(parse(xml).nil).toBe(nil);
  });

  test('does not take a nil of no namespace, or of another, for xsi:nil', () => {
    expect(parse('<a nil="true"/>').nil).toBe(false);
    expect(parse('<a xmlns:i="urn:other" i:nil="true"/>').nil).toBe(false);
  });

  test('is decoded by the charset of the Content-Type before that of the declaration', () => {
    const xml = '<?xml version="1.0" encoding="utf-8"?><a>é</a>';
    expect(parse(Buffer.from(xml, 'latin1'), 'application/xml; charset="ISO-8859-1"').text).toBe('é');
  });

  test.each([
    ['<a>', 'application/xml', XmlError],
    ['', undefined, XmlError],
    ['<a b="1" b="2"/>', undefined, XmlError],
    ['<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', undefined, XmlError],
    ['<a><a><a><a><a/></a></a></a></a>', undefined, XmlError],
    [`<a>${'<b/>'.repeat(8)}</a>`, undefined, XmlError],
    ['<a/>', 'application/xml; charset=ebcdic', CharsetError],
  ])('%j as %s is refused', (xml, contentType, error) => {
    expect(() => parse(xml, contentType)).toThrow(error);
  });
});
