import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileDecoder } from '../../src/soap/compile-decoder.ts';
import { compileMemberEncoder } from '../../src/soap/compile-encoder.ts';
import { readWsdl } from '../../src/soap/read-wsdl.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';
import { LIMITS, NO_RULES, WSDL } from './clm.ts';
import { namedTypes } from './named-types.ts';
import { valuesOf } from './values-of.ts';

const model = await readWsdl(WSDL);
const types = namedTypes(model);

describe('decode(encode(value)) is the value', () => {
  test('for all types of the contract', () => {
    expect(types.size).toBeGreaterThanOrEqual(17 + model.operations.length);
  });

  test.each([...types.values()].map((type) => ({ name: type.name, type })))('for $name', ({ type }) => {
    const encode = compileMemberEncoder('test', { name: 'v', type, nillable: false, optional: false });
    const decode = compileDecoder(type, NO_RULES);
    fc.assert(
      fc.property(valuesOf(type), (value) => {
        const document = `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${encode(value, [])}</r>`;
        const reader = new XmlReader(document, LIMITS);
        reader.read();
        reader.read();
        expect(decode(reader)).toEqual(value);
        expect([reader.read(), reader.read()]).toEqual(['end', 'eof']);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
