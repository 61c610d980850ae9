import type { WSDL } from 'soap';
import {
  type ContractModel,
  type Member,
  type Operation,
  type SchemaType,
  type SequenceType,
  SIMPLE_TYPE_NAMES,
} from './contract-model.ts';

const XSD_NAMESPACE = 'http://www.w3.org/2001/XMLSchema';

type Definitions = WSDL['definitions'];

/** The attributes that the soap package leaves on its elements, `$` before each name. */
interface ParsedElement {
  readonly name?: string;
  readonly $name?: string;
  readonly $type?: string;
  readonly $nillable?: string;
  readonly $minOccurs?: string;
  readonly $maxOccurs?: string;
  readonly children?: readonly ParsedElement[];
}

/**
 * Reads a document/literal wrapped WSDL with one portType and one schema. Throws an Error
 * that names whatever the codec would not do justice to: a contract is read at start, so
 * nobody is to find out later.
 */
export async function readWsdl(text: string): Promise<ContractModel> {
  const definitions = await parse(text);
  const portTypes = Object.values(definitions.portTypes);
  const [portType] = portTypes;
  if (!portType || portTypes.length > 1) throw new Error('the WSDL must have one portType');
  requireDocumentLiteral(definitions);
  const types = new TypeReader(definitions);
  return {
    targetNamespace: definitions.$targetNamespace,
    operations: Object.entries(portType.methods).map(([name, method]) =>
      readOperation(name, method.input as ParsedElement, method.output as ParsedElement, types),
    ),
  };
}

async function parse(text: string): Promise<Definitions> {
  // The package brings an HTTP client along, 80 ms at start that a process without SOAP is spared.
  const { WSDL } = await import('soap');
  return new Promise((resolve, reject) => {
    const wsdl = new WSDL(text, '', {});
    wsdl.onReady((error?: Error) => (error ? reject(error) : resolve(wsdl.definitions)));
  });
}

function requireDocumentLiteral(definitions: Definitions): void {
  for (const [name, binding] of Object.entries(definitions.bindings)) {
    if (binding.style !== 'document') throw new Error(`${name}: only document/literal bindings are read`);
  }
}

function readOperation(
  name: string,
  input: ParsedElement,
  output: ParsedElement,
  types: TypeReader,
): Operation {
  if (input.$name !== name) throw new Error(`${name}: the request's element must have the operation's name`);
  const response = types.readElementContent(output, output.$name ?? '');
  const [result] = response.members;
  if (!result || response.members.length > 1) throw new Error(`${name}: the response must have one element`);
  return {
    name,
    parameters: types.readElementContent(input, name),
    responseName: response.name,
    result,
  };
}

class TypeReader {
  readonly #definitions: Definitions;
  readonly #read = new Map<string, SchemaType>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
    const schemas = Object.values(definitions.schemas);
    if (schemas.length !== 1 || schemas[0]?.$elementFormDefault !== 'qualified') {
      throw new Error('the WSDL must have one schema, with elementFormDefault="qualified"');
    }
  }

  /** The anonymous complex type of a global element. */
  readElementContent(element: ParsedElement, name: string): SequenceType {
    const content = element.children?.find((child) => child.name === 'complexType');
    if (!content) throw new Error(`${name}: only an element with a complex type of its own is read`);
    const type = this.#readComplexType(content, name);
    if (type.kind !== 'sequence') throw new Error(`${name}: a wrapper element cannot be an array`);
    return type;
  }

  #readComplexType(complexType: ParsedElement, name: string): SchemaType {
    const [sequence, ...others] = (complexType.children ?? []).filter((child) => !isDocumentation(child));
    if (sequence?.name !== 'sequence' || others.length > 0) {
      throw new Error(`${name}: only a complex type that is a sequence is read`);
    }
    const elements = (sequence.children ?? []).filter((child) => !isDocumentation(child));
    const [first] = elements;
    if (elements.length === 1 && first?.$maxOccurs === 'unbounded') {
      const { name: itemName, type } = this.#readMember(first, name);
      return { kind: 'array', name, itemName, item: type };
    }
    const repeated = elements.find((element) => (element.$maxOccurs ?? '1') !== '1');
    if (repeated) throw new Error(`${name}.${repeated.$name}: an array must be a type of its own`);
    return { kind: 'sequence', name, members: elements.map((element) => this.#readMember(element, name)) };
  }

  #readMember(element: ParsedElement, owner: string): Member {
    if (element.name !== 'element' || !element.$name || !element.$type) {
      throw new Error(`${owner}: only elements with a name and a type are read`);
    }
    return {
      name: element.$name,
      type: this.#readType(element.$type, `${owner}.${element.$name}`),
      nillable: element.$nillable === 'true',
      optional: element.$minOccurs === '0',
    };
  }

  #readType(qname: string, owner: string): SchemaType {
    const known = this.#read.get(qname);
    if (known) return known;
    const [prefix = '', name = ''] = qname.split(':');
    const namespace = this.#definitions.xmlns?.[prefix];
    const type =
      namespace === XSD_NAMESPACE ? readSimpleType(name, owner) : this.#readNamed(namespace, name, owner);
    this.#read.set(qname, type);
    return type;
  }

  #readNamed(namespace: string | undefined, name: string, owner: string): SchemaType {
    const complexType = this.#definitions.schemas[namespace ?? '']?.complexTypes[name];
    if (!complexType) throw new Error(`${owner}: the WSDL has no complex type ${name}`);
    return this.#readComplexType(complexType as ParsedElement, name);
  }
}

function readSimpleType(name: string, owner: string): SchemaType {
  const simple = SIMPLE_TYPE_NAMES.find((known) => known === name);
  if (!simple) throw new Error(`${owner}: xsd:${name} is not supported`);
  return { kind: 'simple', name: simple };
}

function isDocumentation(element: ParsedElement): boolean {
  return element.name === 'annotation' || element.name === 'documentation';
}
