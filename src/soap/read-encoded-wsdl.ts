import type { ContractModel, Operation, SchemaType } from './contract-model.ts';
import { type ParsedElement, type ParsedOperation, parseWsdl } from './parse-wsdl.ts';
import { SchemaTypes } from './schema-types.ts';

/**
 * Reads an rpc/encoded WSDL with one portType. Throws an Error that names whatever the codec
 * would not do justice to.
 */
export async function readEncodedWsdl(text: string): Promise<ContractModel> {
  const { definitions, operations } = await parseWsdl(text, 'rpc');
  const types = new SchemaTypes(definitions);
  return {
    targetNamespace: definitions.$targetNamespace,
    operations: operations.map((operation) => readOperation(operation, types)),
  };
}

function readOperation({ name, input, output }: ParsedOperation, types: SchemaTypes): Operation {
  const membersOf = ({ parts = {} }: ParsedElement) =>
    Object.entries(parts).map(([part, type]) => types.part(part, type, name));
  const [result, another] = membersOf(output);
  if (!result || another) throw new Error(`${name}: the response must have one part`);
  return {
    name,
    parameters: { kind: 'sequence', name, members: membersOf(input) },
    responseName: `${name}Response`,
    result,
  };
}

/**
 * Throws unless both WSDLs have the same operations, parameters and types, by name and order.
 * What may be nil is another matter: an rpc part has no way to say it.
 */
export function requireSameInterface(model: ContractModel, another: ContractModel): void {
  if (model.targetNamespace !== another.targetNamespace)
    throw new Error('the WSDLs differ in their namespace');
  const [shapes, others] = [model, another].map(
    ({ operations }) => new Map(operations.map((operation) => [operation.name, shapeOfOperation(operation)])),
  ) as [Map<string, string>, Map<string, string>];
  const different = [...new Set([...shapes.keys(), ...others.keys()])].filter(
    (name) => shapes.get(name) !== others.get(name),
  );
  if (different.length > 0) throw new Error(`the WSDLs differ in ${different.join(', ')}`);
}

function shapeOfOperation({ parameters, responseName, result }: Operation): string {
  return `${shapeOf(parameters)}:${responseName}(${result.name} ${shapeOf(result.type)})`;
}

function shapeOf(type: SchemaType): string {
  switch (type.kind) {
    case 'simple':
      return type.name;
    case 'array':
      return `${type.name}[${shapeOf(type.item)}]`;
    case 'sequence':
      return `${type.name}(${type.members.map((member) => `${member.name} ${shapeOf(member.type)}`).join(',')})`;
  }
}
