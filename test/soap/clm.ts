import { readFileSync } from 'node:fs';
import type { ReadingRules } from '../../src/soap/reading-rules.ts';

/** The published WSDL of the CLM room, which is the contract that these tests are about. */
export const WSDL = readFileSync(new URL('../../../wsdl/clm.wsdl', import.meta.url), 'utf8');

/** The same interface in rpc/encoded. */
export const RPC_WSDL = readFileSync(new URL('../../../wsdl/clm-rpc.wsdl', import.meta.url), 'utf8');

export const NO_RULES: ReadingRules = { missing: {}, ignored: [] };

export const LIMITS = { depth: 32, elements: 10_000, attributes: 32, nameLength: 128 };

/** What an encoded request may come to once its references are followed. */
export const ENCODED_LIMITS = { elements: 10_000, textLength: 100_000 };

export const NAMESPACE = 'http://clm.cisco.com';
export const SOAP_1_1 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SOAP_1_2 = 'http://www.w3.org/2003/05/soap-envelope';

/** A request's document around the Body's content. */
export function envelope(content: string, { soap = SOAP_1_1, header = '' } = {}): string {
  return `<e:Envelope xmlns:e="${soap}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${header}<e:Body>${content}</e:Body></e:Envelope>`;
}
