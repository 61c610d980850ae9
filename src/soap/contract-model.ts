/** The simple types of XML Schema that a contract may use. See simple-types.ts for their values. */
export const SIMPLE_TYPE_NAMES = ['string', 'int', 'long', 'boolean', 'dateTime'] as const;

export type SimpleTypeName = (typeof SIMPLE_TYPE_NAMES)[number];

interface SimpleType {
  readonly kind: 'simple';
  readonly name: SimpleTypeName;
}

/** A complex type that is a sequence of elements: an object with a member for each, none left out. */
export interface SequenceType {
  readonly kind: 'sequence';
  readonly name: string;
  readonly members: readonly Member[];
}

/** A complex type that is one element repeated (`ArrayOfX`), or derived from SOAP's own Array: an array. */
export interface ArrayType {
  readonly kind: 'array';
  readonly name: string;
  readonly itemName: string;
  readonly item: SchemaType;
}

export type SchemaType = SimpleType | SequenceType | ArrayType;

export interface Member {
  readonly name: string;
  readonly type: SchemaType;
  /** null is written as `xsi:nil`. */
  readonly nillable: boolean;
  /** minOccurs = 0: null is written by leaving the element out. */
  readonly optional: boolean;
}

/** An operation: its element holds the parameters, the response's one child the result. */
export interface Operation {
  readonly name: string;
  readonly parameters: SequenceType;
  /** The name of the response's wrapper element. */
  readonly responseName: string;
  readonly result: Member;
}

/** What a WSDL says, less everything that the codec has no use for. */
export interface ContractModel {
  readonly targetNamespace: string;
  readonly operations: readonly Operation[];
}

/** A type as a message to a person names it. */
export function typeLabel(type: SchemaType): string {
  return type.kind === 'simple' ? `xsd:${type.name}` : type.name;
}
