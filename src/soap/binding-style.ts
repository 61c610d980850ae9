import { escapeAttribute } from '../xml/escape.ts';
import type { SchemaType } from './contract-model.ts';
import { SOAP_ENCODING } from './encoding-style.ts';
import { SOAP_1_1, SOAP_VERSIONS, type SoapVersion } from './soap-version.ts';

/** What a binding puts around the values of an answer. */
export interface BindingStyle {
  readonly versions: readonly SoapVersion[];
  /** Namespace declarations on the envelope, beside those of every answer; each with a blank before it. */
  readonly declarations: string;
  /** The tags of the response's wrapper element. */
  wrap(name: string, targetNamespace: string): { readonly open: string; readonly close: string };
  /** An element's attributes, each with a blank before it; `count` = how many items an array has. */
  attributes(type: SchemaType, count: number): string;
  /** Whether an array says how many items it has before the first of them. */
  readonly countsItems: boolean;
  /** Whether an optional element is left out when it is null, or written as nil. */
  readonly leavesOutOptional: boolean;
}

/** Elements are all in the default namespace, which is the shortest. */
export const LITERAL_STYLE: BindingStyle = {
  versions: SOAP_VERSIONS,
  declarations: '',
  wrap: (name, targetNamespace) => ({
    open: `<${name} xmlns="${escapeAttribute(targetNamespace)}">`,
    close: `</${name}>`,
  }),
  attributes: () => '',
  countsItems: false,
  leavesOutOptional: true,
};

/**
 * Section 5 of SOAP 1.1, in the form of Axis 1.4 but for its multiRef: every value stands where
 * it belongs, and says its type.
 */
export const ENCODED_STYLE: BindingStyle = {
  versions: [SOAP_1_1],
  declarations: ` xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:soapenc="${SOAP_ENCODING}"`,
  wrap: (name, targetNamespace) => ({
    open: `<ns1:${name} xmlns:ns1="${escapeAttribute(targetNamespace)}" soap:encodingStyle="${SOAP_ENCODING}">`,
    close: `</ns1:${name}>`,
  }),
  attributes: (type, count) =>
    type.kind === 'array'
      ? // By 5.4.2 the size might be left out, but gSOAP 2.8 reads [] as none at all.
        ` xsi:type="soapenc:Array" soapenc:arrayType="${qname(type.item)}[${count}]"`
      : ` xsi:type="${qname(type)}"`,
  countsItems: true,
  leavesOutOptional: false,
};

/** With the prefixes that ENCODED_STYLE declares. */
function qname({ kind, name }: SchemaType): string {
  return `${kind === 'simple' ? 'xsd' : 'ns1'}:${name}`;
}
