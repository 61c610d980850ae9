import type { ContractModel, SchemaType, SequenceType } from './contract-model.ts';

/**
 * What a system reads more leniently than its WSDL says. Keys are `Type.member` or
 * `operation.member`.
 */
export interface ReadingRules {
  /** What the member is when it is missing or nil. */
  readonly missing: Readonly<Record<string, string | number | boolean | null>>;
  /** Members that count for nothing: read as null whatever is in them, so long as it is well-formed. */
  readonly ignored: readonly string[];
}

/** Throws when a rule names something that the contract does not have: a typing error would else go unnoticed. */
export function checkReadingRules(rules: ReadingRules, model: ContractModel): void {
  const known = new Set<string>();
  const visit = (type: SchemaType): void => {
    if (type.kind === 'array') visit(type.item);
    if (type.kind === 'sequence') addMembers(type);
  };
  const addMembers = (type: SequenceType): void => {
    for (const member of type.members) {
      known.add(`${type.name}.${member.name}`);
      visit(member.type);
    }
  };
  for (const operation of model.operations) addMembers(operation.parameters);
  const unknown = [...Object.keys(rules.missing), ...rules.ignored].filter((key) => !known.has(key));
  if (unknown.length > 0) throw new Error(`reading rules for what no request holds: ${unknown.join(', ')}`);
}
