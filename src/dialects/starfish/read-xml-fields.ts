import type { Json } from '../../core/job.ts';
import { HttpError } from '../../http/http-error.ts';
import { CharsetError } from '../../xml/charset-error.ts';
import { parseXmlDocument, type XmlElement } from '../../xml/xml-document.ts';
import { XmlError } from '../../xml/xml-error.ts';
import type { XmlLimits } from '../../xml/xml-limits.ts';
import { DATA_CONTRACT } from './document.ts';
import type { Fields } from './fields.ts';
import { InvalidRequest } from './model-state.ts';

/**
 * The elements in whatever order: the original silently ignored those out of it. What is not in the
 * DataContract namespace is no member and passed over, as .NET does with what it does not know.
 */
export function readXmlFields(
  body: Buffer,
  contentType: string | undefined,
  className: string,
  limits: XmlLimits,
): Fields {
  const root = parse(body, contentType, limits);
  if (root.name !== className || root.namespace !== DATA_CONTRACT) {
    throw InvalidRequest.asWhole(
      `Expecting element '${className}' from namespace '${DATA_CONTRACT}'. Encountered 'Element' with name ` +
        `'${root.name.slice(0, 64)}', namespace '${root.namespace.slice(0, 256)}'.`,
    );
  }
  const fields = new Map<string, Json>();
  for (const element of root.children) {
    if (element.namespace !== DATA_CONTRACT) continue;
    const key = element.name.toLowerCase();
    if (fields.has(key))
      throw InvalidRequest.asWhole(`The element ${element.name.slice(0, 64)} is there more than once.`);
    fields.set(key, memberOf(element));
  }
  return fields;
}

/** An element with elements in it is an object: no member is one, so its mistake is told like JSON's. */
function memberOf({ nil, children, text }: XmlElement): Json {
  if (nil) return null;
  return children.length > 0 ? {} : text;
}

function parse(body: Buffer, contentType: string | undefined, limits: XmlLimits): XmlElement {
  try {
    return parseXmlDocument(body, contentType, limits);
  } catch (error) {
    if (error instanceof XmlError) throw InvalidRequest.asWhole(error.message);
    if (error instanceof CharsetError) {
      if (error.reason === 'malformed') throw InvalidRequest.asWhole(error.message);
      throw new HttpError(415, 'CHARSET_UNSUPPORTED', error.message);
    }
    throw error;
  }
}
