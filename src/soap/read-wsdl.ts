import type { ContractModel, Operation } from './contract-model.ts';
import { type ParsedOperation, parseWsdl } from './parse-wsdl.ts';
import { SchemaTypes } from './schema-types.ts';

/**
 * Reads a document/literal wrapped WSDL with one portType and one schema. Throws an Error
 * that names whatever the codec would not do justice to: a contract is read at start, so
 * nobody is to find out later.
 */
export async function readWsdl(text: string): Promise<ContractModel> {
  const { definitions, operations } = await parseWsdl(text, 'document');
  const schemas = Object.values(definitions.schemas);
  if (schemas.length !== 1 || schemas[0]?.$elementFormDefault !== 'qualified') {
    throw new Error('the WSDL must have one schema, with elementFormDefault="qualified"');
  }
  const types = new SchemaTypes(definitions);
  return {
    targetNamespace: definitions.$targetNamespace,
    operations: operations.map((operation) => readOperation(operation, types)),
  };
}

function readOperation({ name, input, output }: ParsedOperation, types: SchemaTypes): Operation {
  if (input.$name !== name) throw new Error(`${name}: the request's element must have the operation's name`);
  const response = types.elementContent(output, output.$name ?? '');
  const [result, another] = response.members;
  if (!result || another) throw new Error(`${name}: the response must have one element`);
  return { name, parameters: types.elementContent(input, name), responseName: response.name, result };
}
