import { transportCharset } from '../text/transport-charset.ts';
import { quote } from '../xml/quote.ts';

/** A Content-Type that no SOAP message has. The message is meant for the sender. */
export class UnsupportedMediaType extends Error {
  override readonly name = 'UnsupportedMediaType';
}

const ACCEPTED: readonly string[] = ['text/xml', 'application/soap+xml', 'application/xml'];

/** `type` is in lower case, empty where there was none. */
export interface MediaType {
  readonly type: string;
  readonly charset?: string;
}

/** Clients say the same each time; to read it anew takes 2 µs of the 74 of a small answer. */
let last: { readonly contentType: string | undefined; readonly mediaType: MediaType } | undefined;

/**
 * What a Content-Type says: the media type and the charset if it names one. One
 * that is missing says nothing. Throws UnsupportedMediaType for what is clearly something else.
 */
export function readMediaType(contentType: string | undefined): MediaType {
  if (last && last.contentType === contentType) return last.mediaType;
  const mediaType = parse(contentType);
  last = { contentType, mediaType };
  return mediaType;
}

function parse(contentType: string | undefined): MediaType {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '') return { type };
  if (!ACCEPTED.includes(type)) {
    throw new UnsupportedMediaType(`${quote(type)} is no SOAP; expected text/xml or application/soap+xml`);
  }
  const charset = transportCharset(contentType);
  return charset ? { type, charset } : { type };
}
