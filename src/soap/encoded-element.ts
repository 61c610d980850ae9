import { isBlank } from '../xml/xml-characters.ts';
import type { XmlReader } from '../xml/xml-reader.ts';
import { decodeBase64Text } from './base64-text.ts';
import { requireSoapEncoding, SOAP_ENCODING } from './encoding-style.ts';
import { InvalidValue } from './invalid-value.ts';
import { XSI_NAMESPACE } from './soap-version.ts';

/** What toolkits older than XML Schema 1.0 declare; `null` was their `nil`. */
const XSI_NAMESPACES: readonly string[] = [
  XSI_NAMESPACE,
  'http://www.w3.org/2000/10/XMLSchema-instance',
  'http://www.w3.org/1999/XMLSchema-instance',
];

/** An element of an rpc/encoded message, which may refer to one that comes later. */
export class EncodedElement {
  /** Without its prefix. */
  name: string;
  readonly namespace: string;
  /** Its own character data; '' where there is only white space around its children. */
  text = '';
  children: EncodedElement[] = [];
  id: string | undefined;
  href: string | undefined;
  /** What `href` refers to, once that has been looked up. */
  target: EncodedElement | undefined;
  nil: string | undefined;
  /** Of SOAP_ENCODING. */
  root: string | undefined;
  arrayType: string | undefined;
  offset: string | undefined;
  position: string | undefined;
  /** Its `xsi:type` says that the text is in base64. */
  isBase64 = false;

  constructor(name: string, namespace: string) {
    this.name = name;
    this.namespace = namespace;
  }
}

/**
 * From an element's start to its end: all of it, in `style` unless it says otherwise. Types are
 * not looked at, since the contract knows them, but for base64: SOAP::Lite sends any text beyond
 * ASCII in it, and says so.
 */
export function readEncodedElement(
  reader: XmlReader,
  soapNamespace: string,
  style: string | undefined,
): EncodedElement {
  requireSoapEncoding(reader.attribute(soapNamespace, 'encodingStyle') ?? style, reader.path());
  const root = elementAt(reader);
  const open = [root];
  for (;;) {
    const element = open[open.length - 1] as EncodedElement;
    switch (reader.read()) {
      case 'start': {
        const declared = reader.attribute(soapNamespace, 'encodingStyle');
        if (declared !== undefined) requireSoapEncoding(declared, reader.path());
        const child = elementAt(reader);
        element.children.push(child);
        open.push(child);
        break;
      }
      case 'text':
        element.text += reader.text;
        break;
      default:
        finish(element, reader);
        open.pop();
        if (open.length === 0) return root;
    }
  }
}

function elementAt(reader: XmlReader): EncodedElement {
  const element = new EncodedElement(reader.localName, reader.namespace);
  reader.forEachAttribute((namespace, name, value) => {
    if (namespace === '') {
      if (name === 'href') element.href = value;
      else if (name === 'id') element.id = value;
    } else if (namespace === SOAP_ENCODING) {
      if (name === 'arrayType' || name === 'offset' || name === 'position' || name === 'root')
        element[name] = value;
    } else if (XSI_NAMESPACES.includes(namespace)) {
      if (name === 'nil' || name === 'null') element.nil = value;
      else if (name === 'type') element.isBase64 = /(^|:)(base64|base64Binary)\s*$/.test(value);
    }
  });
  return element;
}

function finish(element: EncodedElement, reader: XmlReader): void {
  if (element.children.length > 0) {
    if (isBlank(element.text)) element.text = '';
  } else if (element.isBase64) {
    const text = decodeBase64Text(element.text);
    if (text === undefined) {
      throw new InvalidValue(reader.path(), 'expected text of UTF-8 in base64, as its xsi:type says');
    }
    element.text = text;
  }
}
