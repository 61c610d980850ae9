import type { ContractModel, SchemaType } from '../../src/soap/contract-model.ts';

/** Every type of a contract, by its name; parameters go by their operation's. */
export function namedTypes({ operations }: ContractModel): Map<string, SchemaType> {
  const found = new Map<string, SchemaType>();
  const visit = (type: SchemaType): void => {
    found.set(type.name, type);
    if (type.kind === 'sequence') for (const member of type.members) visit(member.type);
    if (type.kind === 'array') visit(type.item);
  };
  for (const { parameters, result } of operations) {
    visit(parameters);
    visit(result.type);
  }
  return found;
}
