import { type SoapVersion, XSI_NAMESPACE } from './soap-version.ts';

/**
 * What comes before and after the content of an answer's Body; xsi is always declared, since
 * nil may stand anywhere. `declarations`: further ones, each with a blank before it.
 */
export function envelopeAround(
  version: SoapVersion,
  declarations: string,
): { readonly before: string; readonly after: string } {
  return {
    before: `${opening(version)} xmlns:xsi="${XSI_NAMESPACE}"${declarations}><soap:Body>`,
    after: '</soap:Body></soap:Envelope>',
  };
}

/** A whole envelope without use for xsi; `headerEntries` '' = no Header. */
export function wrapInEnvelope(version: SoapVersion, body: string, headerEntries = ''): string {
  const header = headerEntries === '' ? '' : `<soap:Header>${headerEntries}</soap:Header>`;
  return `${opening(version)}>${header}<soap:Body>${body}</soap:Body></soap:Envelope>`;
}

function opening(version: SoapVersion): string {
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${version.namespace}"`;
}
