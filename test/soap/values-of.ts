import fc from 'fast-check';
import type { SchemaType, SimpleTypeName } from '../../src/soap/contract-model.ts';

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

/** Any value of a type of the contract. */
export function valuesOf(type: SchemaType): fc.Arbitrary<unknown> {
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
