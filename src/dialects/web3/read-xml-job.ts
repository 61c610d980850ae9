import { HttpError } from '../../http/http-error.ts';
import { CharsetError } from '../../xml/charset-error.ts';
import { quote } from '../../xml/quote.ts';
import { parseXmlDocument, type XmlElement } from '../../xml/xml-document.ts';
import { XmlError } from '../../xml/xml-error.ts';
import type { XmlLimits } from '../../xml/xml-limits.ts';
import type { GivenJob } from './given-job.ts';

/**
 * `<Job Type="Import" Status="Queued"><Parameters>…</Parameters></Job>`, in no namespace, as the template has it.
 * What else stands in it is passed over. Throws HttpError 400, 415.
 */
export function readXmlJob(body: Buffer, contentType: string | undefined, limits: XmlLimits): GivenJob {
  const root = parse(body, contentType, limits);
  if (root.name !== 'Job' || root.namespace !== '') {
    const where = root.namespace === '' ? '' : ` in the namespace ${quote(root.namespace)}`;
    throw malformed(`expected the root element <Job> in no namespace, not <${root.name}>${where}`);
  }
  return {
    type: root.attributes.get('Type') ?? null,
    status: root.attributes.get('Status') ?? null,
    parameters: parametersOf(root),
  };
}

function parametersOf(root: XmlElement): string | null {
  const [element, second] = root.children.filter(
    ({ name, namespace }) => name === 'Parameters' && namespace === '',
  );
  if (second) throw malformed('<Parameters> is there twice');
  if (!element || element.nil) return null;
  if (element.children.length > 0) throw malformed('<Parameters> may hold only text');
  return element.text;
}

function parse(body: Buffer, contentType: string | undefined, limits: XmlLimits): XmlElement {
  try {
    return parseXmlDocument(body, contentType, limits);
  } catch (error) {
    if (error instanceof XmlError) throw malformed(error.message);
    if (!(error instanceof CharsetError)) throw error;
    if (error.reason === 'malformed') throw malformed(error.message);
    throw new HttpError(415, 'CHARSET_UNSUPPORTED', error.message);
  }
}

function malformed(message: string): HttpError {
  return new HttpError(400, 'BODY_MALFORMED', message);
}
