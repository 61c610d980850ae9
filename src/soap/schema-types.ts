import { type Member, type SchemaType, type SequenceType, SIMPLE_TYPE_NAMES } from './contract-model.ts';
import { SOAP_ENCODING } from './encoding-style.ts';
import type { Definitions, ParsedElement } from './parse-wsdl.ts';

const XSD_NAMESPACE = 'http://www.w3.org/2001/XMLSchema';

/** What items are called where the WSDL does not say: as in every literal array of ours. */
const ENCODED_ITEM = 'item';

/** Reads the types of a WSDL. Throws an Error that names whatever the codec would not do justice to. */
export class SchemaTypes {
  readonly #definitions: Definitions;
  readonly #read = new Map<string, SchemaType>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  /** The anonymous complex type of a global element. */
  elementContent(element: ParsedElement, name: string): SequenceType {
    const content = element.children?.find((child) => child.name === 'complexType');
    if (!content) throw new Error(`${name}: only an element with a complex type of its own is read`);
    const type = this.#readComplexType(content, name);
    if (type.kind !== 'sequence') throw new Error(`${name}: a wrapper element cannot be an array`);
    return type;
  }

  /** A part of an rpc message: nothing says that it may be nil. */
  part(name: string, type: ParsedElement | string, owner: string): Member {
    const place = `${owner}.${name}`;
    const read =
      typeof type === 'string'
        ? this.#readType(type, place)
        : this.#readComplexType(type, type.$name ?? place);
    return { name, type: read, nillable: false, optional: false };
  }

  #readComplexType(complexType: ParsedElement, name: string): SchemaType {
    const [content, ...others] = contentOf(complexType);
    if (content?.name === 'complexContent') return this.#readEncodedArray(content, name);
    if (content?.name !== 'sequence' || others.length > 0) {
      throw new Error(`${name}: only a complex type that is a sequence is read`);
    }
    const elements = contentOf(content);
    const [first] = elements;
    if (elements.length === 1 && first?.$maxOccurs === 'unbounded') {
      const { name: itemName, type } = this.#readMember(first, name);
      return { kind: 'array', name, itemName, item: type };
    }
    const repeated = elements.find((element) => (element.$maxOccurs ?? '1') !== '1');
    if (repeated) throw new Error(`${name}.${repeated.$name}: an array must be a type of its own`);
    return { kind: 'sequence', name, members: elements.map((element) => this.#readMember(element, name)) };
  }

  /** `<restriction base="soapenc:Array"><attribute ref="soapenc:arrayType" wsdl:arrayType="xsd:string[]"/>` (WSDL 1.1, 2.2). */
  #readEncodedArray(content: ParsedElement, name: string): SchemaType {
    const [restriction] = contentOf(content);
    const [attribute] = restriction ? contentOf(restriction) : [];
    const arrayType = Object.entries(attribute ?? {}).find(([key]) => key.endsWith(':arrayType'))?.[1];
    const [, item] = /^([^[\]]+)\[\]$/.exec(typeof arrayType === 'string' ? arrayType : '') ?? [];
    const isArray = restriction && this.#resolve(restriction.$base).join('') === `${SOAP_ENCODING}Array`;
    if (!isArray || !item) throw new Error(`${name}: of derived types only arrays of one dimension are read`);
    return { kind: 'array', name, itemName: ENCODED_ITEM, item: this.#readType(item, name) };
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
    const [namespace, name] = this.#resolve(qname);
    const type =
      namespace === XSD_NAMESPACE ? readSimpleType(name, owner) : this.#readNamed(namespace, name, owner);
    this.#read.set(qname, type);
    return type;
  }

  #readNamed(namespace: string, name: string, owner: string): SchemaType {
    const complexType = this.#definitions.schemas[namespace]?.complexTypes[name];
    if (!complexType) throw new Error(`${owner}: the WSDL has no complex type ${name}`);
    return this.#readComplexType(complexType as ParsedElement, name);
  }

  #resolve(qname = ''): [namespace: string, name: string] {
    const [prefix = '', name = ''] = qname.split(':');
    return [this.#definitions.xmlns?.[prefix] ?? '', name];
  }
}

function contentOf(element: ParsedElement): readonly ParsedElement[] {
  return (element.children ?? []).filter(({ name }) => name !== 'annotation' && name !== 'documentation');
}

function readSimpleType(name: string, owner: string): SchemaType {
  const simple = SIMPLE_TYPE_NAMES.find((known) => known === name);
  if (!simple) throw new Error(`${owner}: xsd:${name} is not supported`);
  return { kind: 'simple', name: simple };
}
