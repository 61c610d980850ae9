import { quote } from '../xml/quote.ts';
import type { XmlReader } from '../xml/xml-reader.ts';
import { nextChild } from './element-content.ts';
import { readToBody, readToEnd } from './envelope-reader.ts';
import { InvalidValue } from './invalid-value.ts';
import type { SoapOperation } from './soap-operation.ts';
import type { SoapVersion } from './soap-version.ts';

/**
 * From an envelope's start to the document's end: which operation was asked for and its
 * parameters, checked. `found` is told of the operation as soon as it is known, whatever may be
 * wrong with the rest. Throws InvalidValue, SoapFault, XmlError.
 */
export type RequestReader = (
  reader: XmlReader,
  version: SoapVersion,
  found: (operation: SoapOperation) => void,
) => { readonly operation: SoapOperation; readonly args: unknown };

/** Document/literal: the Body's one element is the operation. */
export function literalRequestReader(
  operations: ReadonlyMap<string, SoapOperation>,
  targetNamespace: string,
): RequestReader {
  return (reader, version, found) => {
    readToBody(reader, version);
    if (!nextChild(reader, 'one element')) throw new InvalidValue(reader.path(), 'the Body is empty');
    const { namespace, localName } = reader;
    const operation = namespace === targetNamespace ? operations.get(localName) : undefined;
    if (!operation) throw unknownOperation(reader.path(), namespace, localName, targetNamespace);
    found(operation);
    const args = operation.decode(reader);
    if (nextChild(reader, 'one element')) {
      throw new InvalidValue(reader.path(), 'a second element in the Body');
    }
    readToEnd(reader, version);
    return { operation, args };
  };
}

/** The element's name alone decides: a SOAPAction that says otherwise could be somebody's trick. */
export function unknownOperation(
  path: string[],
  namespace: string,
  localName: string,
  targetNamespace: string,
): InvalidValue {
  const name = quote(`{${namespace}}${localName}`, 100);
  return new InvalidValue(
    path,
    `there is no operation ${name}; they are in the namespace ${targetNamespace}`,
  );
}
