import type { XmlReader } from '../xml/xml-reader.ts';
import { nextChild } from './element-content.ts';
import { type EncodedElement, readEncodedElement } from './encoded-element.ts';
import { type EncodedLimits, EncodedReader } from './encoded-reader.ts';
import { resolveReferences } from './encoded-references.ts';
import { readToBody, readToEnd } from './envelope-reader.ts';
import { InvalidValue } from './invalid-value.ts';
import { type RequestReader, unknownOperation } from './read-request.ts';
import type { SoapOperation } from './soap-operation.ts';
import type { SoapVersion } from './soap-version.ts';

/**
 * Rpc/encoded: one element of the Body is the operation, the others are what is referred to.
 * All of the Body is read before any of it is understood, since references may point ahead.
 */
export function encodedRequestReader(
  operations: ReadonlyMap<string, SoapOperation>,
  targetNamespace: string,
  limits: EncodedLimits,
): RequestReader {
  // Without WSDL, SOAP::Lite sends no namespace; the name is enough at an address with one service.
  const operationOf = ({ name, namespace }: EncodedElement) =>
    namespace === targetNamespace || namespace === '' ? operations.get(name) : undefined;
  return (reader, version, found) => {
    const { elements, path } = readBody(reader, version);
    readToEnd(reader, version);
    const wrapper = serializationRoot(elements, path, (element) => operationOf(element) !== undefined);
    const { name, namespace } = wrapper;
    const operation = operationOf(wrapper);
    if (!operation) throw unknownOperation([...path, name], namespace, name, targetNamespace);
    found(operation);
    resolveReferences(elements, path);
    wrapper.children = wrapper.children.filter((child) => !isIndependent(child));
    nameByPosition(wrapper, operation.parameterNames);
    const reading = new EncodedReader(wrapper, path, limitsFor(elements, limits));
    return { operation, args: operation.decode(reading) };
  };
}

function readBody(
  reader: XmlReader,
  version: SoapVersion,
): { elements: readonly EncodedElement[]; path: readonly string[] } {
  const styleOf = () => reader.attribute(version.namespace, 'encodingStyle');
  const envelopeStyle = styleOf();
  readToBody(reader, version);
  const bodyStyle = styleOf() ?? envelopeStyle;
  const path = reader.path();
  const elements: EncodedElement[] = [];
  while (nextChild(reader, 'an operation')) {
    elements.push(readEncodedElement(reader, version.namespace, bodyStyle));
  }
  return { elements, path };
}

/**
 * What refers to the same thing again and again may make some times more of a message, or little of next to nothing, but
 * not the most that any message may be: 21 KB made a job of 7 MB.
 */
const MORE_BY_REFERENCES = 4;
const ALWAYS_ALLOWED: EncodedLimits = { elements: 2_000, textLength: 131_072 };

function limitsFor(elements: readonly EncodedElement[], most: EncodedLimits): EncodedLimits {
  const own = { elements: 0, textLength: 0 };
  const add = ({ text, children }: EncodedElement): void => {
    own.elements += 1;
    own.textLength += text.length;
    for (const child of children) add(child);
  };
  for (const element of elements) add(element);
  const limit = (of: keyof EncodedLimits) =>
    Math.min(most[of], ALWAYS_ALLOWED[of] + MORE_BY_REFERENCES * own[of]);
  return { elements: limit('elements'), textLength: limit('textLength') };
}

/**
 * What is not there to be referred to (SOAP 1.1, 5.6): Axis marks that with root="0", .NET
 * gives it an id and no mark. Where all have ids, the operation is known by its name.
 */
function serializationRoot(
  elements: readonly EncodedElement[],
  path: readonly string[],
  isOperation: (element: EncodedElement) => boolean,
): EncodedElement {
  const [first, second] = elements.filter(
    ({ root, id }) => isTrue(root) || (!isFalse(root) && id === undefined),
  );
  if (second) throw new InvalidValue([...path, second.name], 'a second element in the Body');
  const candidates = elements.filter(({ root }) => !isFalse(root));
  const wrapper = first ?? candidates.find(isOperation) ?? candidates[0];
  if (!wrapper)
    throw new InvalidValue(
      [...path],
      elements.length === 0 ? 'the Body is empty' : 'no operation in the Body',
    );
  return wrapper;
}

/** What stands among the parameters only to be referred to. */
function isIndependent({ name, id, root }: EncodedElement): boolean {
  return isFalse(root) || (name === 'multiRef' && id !== undefined);
}

function isTrue(root: string | undefined): boolean {
  return root?.trim() === '1' || root?.trim() === 'true';
}

function isFalse(root: string | undefined): boolean {
  return root?.trim() === '0' || root?.trim() === 'false';
}

/**
 * Clients without WSDL call parameters in0, arg0 or c-gensym3. When not one has a parameter's
 * name, they are taken in order; one name that is known, and an unknown one is a mistake.
 */
function nameByPosition({ children }: EncodedElement, names: readonly string[]): void {
  if (children.some(({ name }) => names.includes(name))) return;
  for (const [index, child] of children.entries()) child.name = names[index] ?? child.name;
}
