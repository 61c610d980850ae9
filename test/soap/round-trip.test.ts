import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileDecoder } from '../../src/soap/compile-decoder.ts';
import { compileMemberEncoder } from '../../src/soap/compile-encoder.ts';
import type { Member, SchemaType, SimpleTypeName } from '../../src/soap/contract-model.ts';
import { readWsdl } from '../../src/soap/read-wsdl.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';
import { LIMITS, NO_RULES, WSDL } from './clm.ts';

const SIMPLE: Record<SimpleTypeName, fc.Arbitrary<unknown>> = {
  string: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', ' ', '\r\n', '<&>"]]>', '😀', '\t a \u0085\u2028'),
  ),
  int: fc.integer(),
  long: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  boolean: fc.boolean(),
  dateTime: fc.integer({ min: 0, max: 4e12 }),
};

function valuesOf(type: SchemaType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'simple':
      return SIMPLE[type.name];
    case 'array':
      return fc.array(valuesOf(type.item), { maxLength: 3 });
    case 'sequence':
      return fc.record(
        Object.fromEntries(
          type.members.map((member) => [
            member.name,
            member.nillable || member.optional ? fc.option(valuesOf(member.type)) : valuesOf(member.type),
          ]),
        ),
        { noNullPrototype: true },
      );
  }
}

function namedTypes(member: Member, found = new Map<string, SchemaType>()): Map<string, SchemaType> {
  const { type } = member;
  found.set(type.name, type);
  if (type.kind === 'sequence') for (const child of type.members) namedTypes(child, found);
  if (type.kind === 'array') namedTypes({ ...member, type: type.item }, found);
  return found;
}

const model = await readWsdl(WSDL);
const types = new Map<string, SchemaType>();
for (const { parameters, result } of model.operations) {
  namedTypes({ name: 'x', type: parameters, nillable: false, optional: false }, types);
  namedTypes(result, types);
}

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
