import { escapeAttribute, escapeText } from '../xml/escape.ts';
import { wrapInEnvelope } from './envelope-writer.ts';
import type { FaultCode, HeaderName, SoapFault } from './soap-fault.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from './soap-version.ts';

/** Where Axis 1.x puts the codes that SOAP 1.2 has no place for but as subcodes. */
const AXIS_NAMESPACE = 'http://xml.apache.org/axis/';

const CODES_1_2: Readonly<Record<FaultCode, string>> = {
  Client: 'Sender',
  Server: 'Receiver',
  VersionMismatch: 'VersionMismatch',
  MustUnderstand: 'MustUnderstand',
};

/** 1.1 has one status for every fault (6.2), 1.2 tells the sender's own apart (part 2, table 20). */
export function faultStatus(version: SoapVersion, fault: SoapFault): 400 | 500 {
  return version === SOAP_1_2 && fault.code === 'Client' ? 400 : 500;
}

/** The whole envelope. No detail in it: with one, the stubs of Axis, Mono and SOAP::WSDL break. */
export function encodeFault(version: SoapVersion, fault: SoapFault): string {
  if (version === SOAP_1_1) return wrapInEnvelope(version, encodeFault11(fault));
  return wrapInEnvelope(
    version,
    encodeFault12(fault),
    fault.notUnderstood ? notUnderstoodEntry(fault.notUnderstood) : '',
  );
}

function encodeFault11(fault: SoapFault): string {
  return (
    `<soap:Fault><faultcode>soap:${escapeText(fault.qualifiedCode)}</faultcode>` +
    `<faultstring>${escapeText(fault.message)}</faultstring></soap:Fault>`
  );
}

function encodeFault12(fault: SoapFault): string {
  const subcode =
    fault.subcode === null
      ? ''
      : `<soap:Subcode><soap:Value xmlns:axis="${AXIS_NAMESPACE}">axis:${escapeText(fault.qualifiedCode)}</soap:Value></soap:Subcode>`;
  return (
    `<soap:Fault><soap:Code><soap:Value>soap:${CODES_1_2[fault.code]}</soap:Value>${subcode}</soap:Code>` +
    `<soap:Reason><soap:Text xml:lang="en">${escapeText(fault.message)}</soap:Text></soap:Reason></soap:Fault>`
  );
}

function notUnderstoodEntry({ namespace, localName }: HeaderName): string {
  const name = escapeAttribute(localName);
  return `<soap:NotUnderstood qname="h:${name}" xmlns:h="${escapeAttribute(namespace)}"/>`;
}
