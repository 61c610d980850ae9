import { quote } from '../xml/quote.ts';
import { SoapFault } from './soap-fault.ts';

/** SOAP 1.1, section 5: the name of the encoding, and the namespace of its schema. */
export const SOAP_ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';

/**
 * Throws a SoapFault for an encodingStyle that is not SOAP's own. One that is absent or ''
 * claims nothing; a list goes from the most specific to the least, and what begins like SOAP's
 * own keeps its rules (4.1.1).
 */
export function requireSoapEncoding(style: string | undefined, path: readonly string[]): void {
  const uris = (style ?? '').split(/\s+/).filter((uri) => uri !== '');
  if (uris.length === 0 || uris.some((uri) => uri.startsWith(SOAP_ENCODING))) return;
  throw new SoapFault(
    'Client',
    `/${path.join('/')}: the encoding style ${quote(style ?? '', 100)} is unknown; expected ${SOAP_ENCODING}`,
    { subcode: 'DataEncodingUnknown' },
  );
}
