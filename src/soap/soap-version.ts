export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

/** What differs between the two versions of SOAP, apart from their faults. */
export interface SoapVersion {
  readonly name: '1.1' | '1.2';
  /** Of the envelope. */
  readonly namespace: string;
  /** Of every answer. */
  readonly contentType: string;
  /** The attribute that says whom a header entry is for, and its values that mean us; absent means us too. */
  readonly roleAttribute: 'actor' | 'role';
  readonly ownRoles: readonly string[];
}

export const SOAP_1_1: SoapVersion = {
  name: '1.1',
  namespace: 'http://schemas.xmlsoap.org/soap/envelope/',
  contentType: 'text/xml; charset=utf-8',
  roleAttribute: 'actor',
  ownRoles: ['', 'http://schemas.xmlsoap.org/soap/actor/next'],
};

export const SOAP_1_2: SoapVersion = {
  name: '1.2',
  namespace: 'http://www.w3.org/2003/05/soap-envelope',
  contentType: 'application/soap+xml; charset=utf-8',
  roleAttribute: 'role',
  ownRoles: [
    '',
    'http://www.w3.org/2003/05/soap-envelope/role/next',
    'http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver',
  ],
};

export const SOAP_VERSIONS: readonly SoapVersion[] = [SOAP_1_1, SOAP_1_2];
