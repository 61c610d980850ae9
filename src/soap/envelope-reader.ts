import { quote } from '../xml/quote.ts';
import type { XmlReader } from '../xml/xml-reader.ts';
import { nextChild, skipContent } from './element-content.ts';
import { InvalidValue } from './invalid-value.ts';
import { parseBoolean } from './simple-types.ts';
import { SoapFault } from './soap-fault.ts';
import type { SoapVersion } from './soap-version.ts';

/**
 * Reads the start of a document: which of these versions of SOAP it is. Undefined = no SOAP
 * at all; a SoapFault when it is an envelope of another version. Throws XmlError.
 */
export function readEnvelopeStart(
  reader: XmlReader,
  versions: readonly SoapVersion[],
): SoapVersion | undefined {
  reader.read();
  if (reader.localName !== 'Envelope') return undefined;
  const version = versions.find(({ namespace }) => namespace === reader.namespace);
  if (version) return version;
  const known = versions.map(({ namespace }) => namespace).join(' or ');
  throw new SoapFault(
    'VersionMismatch',
    `the envelope's namespace is ${quote(reader.namespace, 100)}; expected ${known}`,
  );
}

/**
 * From the envelope's start to the start of the Body. Header entries are passed over, but one
 * for us that must be understood is refused, since we understand none.
 */
export function readToBody(reader: XmlReader, version: SoapVersion): void {
  requireEnvelopeChild(reader, version, 'Header or Body');
  if (reader.localName === 'Header') {
    readHeader(reader, version);
    requireEnvelopeChild(reader, version, 'Body');
  }
  if (reader.localName !== 'Body') throw new InvalidValue(reader.path(), 'expected Body');
}

/**
 * From the end of the Body to the end of the document. SOAP 1.1 lets other elements follow the
 * Body (4.), 1.2 does not; they say nothing to us.
 */
export function readToEnd(reader: XmlReader, version: SoapVersion): void {
  while (nextChild(reader, 'nothing after the Body')) {
    if (version.name === '1.2') throw new InvalidValue(reader.path(), 'an element after the Body');
    skipContent(reader);
  }
  reader.read();
}

function requireEnvelopeChild(reader: XmlReader, version: SoapVersion, expected: string): void {
  if (!nextChild(reader, expected)) {
    throw new InvalidValue(reader.path(), `expected ${expected}, the element is missing`);
  }
  if (reader.namespace !== version.namespace) {
    throw new InvalidValue(reader.path(), `expected ${expected} in the envelope's namespace`);
  }
}

function readHeader(reader: XmlReader, version: SoapVersion): void {
  while (nextChild(reader, 'header entries')) {
    if (isMandatory(reader, version)) throw notUnderstood(reader);
    skipContent(reader);
  }
}

/** Names one entry only: with all of them a small request could be given a very large answer. */
function notUnderstood({ namespace, localName }: XmlReader): SoapFault {
  const message = `the header entry ${quote(`{${namespace}}${localName}`, 200)} is not understood`;
  // Without a namespace there is no QName to give; with an endless one it would be echoed.
  const fits = namespace !== '' && namespace.length <= 200;
  return new SoapFault('MustUnderstand', message, fits ? { notUnderstood: { namespace, localName } } : {});
}

function isMandatory(reader: XmlReader, version: SoapVersion): boolean {
  const value = reader.attribute(version.namespace, 'mustUnderstand');
  if (value === undefined) return false;
  const mustUnderstand = parseBoolean(value);
  if (mustUnderstand === undefined) {
    throw new InvalidValue(reader.path(), `expected xsd:boolean in mustUnderstand, got ${quote(value)}`);
  }
  const role = reader.attribute(version.namespace, version.roleAttribute) ?? '';
  return mustUnderstand && version.ownRoles.includes(role);
}
