import { transportCharset } from '../text/transport-charset.ts';
import { quote } from '../xml/quote.ts';

/** A Content-Type that no SOAP message has. The message is meant for the sender. */
export class UnsupportedMediaType extends Error {
  override readonly name = 'UnsupportedMediaType';
}

const ACCEPTED: readonly string[] = ['text/xml', 'application/soap+xml', 'application/xml'];

/**
 * What a Content-Type says: the media type, lower case, and the charset if it names one. One
 * that is missing says nothing. Throws UnsupportedMediaType for what is clearly something else.
 */
export function readMediaType(contentType: string | undefined): { type: string; charset?: string } {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '') return { type };
  if (!ACCEPTED.includes(type)) {
    throw new UnsupportedMediaType(`${quote(type)} is no SOAP; expected text/xml or application/soap+xml`);
  }
  const charset = transportCharset(contentType);
  return charset ? { type, charset } : { type };
}
