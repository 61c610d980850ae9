import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENCODED_STYLE } from '../../src/soap/binding-style.ts';
import { compileDecoder } from '../../src/soap/compile-decoder.ts';
import { compileMemberEncoder } from '../../src/soap/compile-encoder.ts';
import { compileEncodedArray } from '../../src/soap/encoded-array.ts';
import { readEncodedElement } from '../../src/soap/encoded-element.ts';
import { EncodedReader } from '../../src/soap/encoded-reader.ts';
import { resolveReferences } from '../../src/soap/encoded-references.ts';
import { readWsdl } from '../../src/soap/read-wsdl.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';
import { ENCODED_LIMITS, LIMITS, NAMESPACE, NO_RULES, SOAP_1_1, WSDL } from './clm.ts';
import { behindReferences } from './multi-ref.ts';
import { namedTypes } from './named-types.ts';
import { valuesOf } from './values-of.ts';

const types = [...namedTypes(await readWsdl(WSDL)).values()];

/** What `<v>` in such a Body says. */
function decodeBody(content: string, decode: ReturnType<typeof compileDecoder>): unknown {
  const reader = new XmlReader(
    `<b xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"
      xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns1="${NAMESPACE}">${content}</b>`,
    LIMITS,
  );
  reader.read();
  const elements = [];
  for (let event = reader.read(); event !== 'end'; event = reader.read()) {
    if (event === 'start') elements.push(readEncodedElement(reader, SOAP_1_1, undefined));
  }
  resolveReferences(elements, []);
  const value = elements.find(({ name }) => name === 'v');
  if (!value) throw new Error('no v');
  return decode(new EncodedReader(value, [], ENCODED_LIMITS));
}

describe('rpc/encoded: decode(encode(value)) is the value', () => {
  test.each(types.map((type) => ({ name: type.name, type })))('for $name', ({ type }) => {
    const member = { name: 'v', type, nillable: false, optional: false };
    const encode = compileMemberEncoder('test', member, ENCODED_STYLE);
    const decode = compileDecoder(type, NO_RULES, compileEncodedArray);
    fc.assert(
      fc.property(valuesOf(type), fc.nat(), (value, seed) => {
        const inline = encode(value, []);
        expect(decodeBody(inline, decode)).toEqual(value);
        expect(decodeBody(behindReferences(inline, seed), decode)).toEqual(value);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
