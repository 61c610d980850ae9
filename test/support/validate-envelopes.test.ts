import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canValidate, validateEnvelopes } from './validate-envelopes.ts';

const WSDL = readFileSync(new URL('../../../wsdl/clm.wsdl', import.meta.url), 'utf8');
const SOAP_1_1 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP_1_2 = 'http://www.w3.org/2003/05/soap-envelope';
const LOGOUT =
  '<logoutResponse xmlns="http://clm.cisco.com"><logoutResult><errorCode>0</errorCode>' +
  '<errorMessage xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/></logoutResult></logoutResponse>';

const complaintsAbout = (soap: string, body: string) =>
  validateEnvelopes(WSDL, [
    {
      name: 'answer',
      bytes: Buffer.from(
        `<soap:Envelope xmlns:soap="${soap}"><soap:Body>${body}</soap:Body></soap:Envelope>`,
      ),
    },
  ]);

describe.runIf(canValidate())('validating an envelope', () => {
  test.each([SOAP_1_1, SOAP_1_2])('has nothing against an answer of the contract in %s', async (soap) => {
    expect(await complaintsAbout(soap, LOGOUT)).toEqual([]);
  });

  test.each([
    ['an element that the contract has not', LOGOUT.replace('<logoutResult>', '<logoutResult><extra/>')],
    ['a value of another type', LOGOUT.replace('>0<', '>none<')],
    ['an operation that the contract has not', '<quitResponse xmlns="http://clm.cisco.com"/>'],
    ['a namespace that nobody knows', '<logoutResponse xmlns="http://example.com"/>'],
    ["the other version's fault", `<f:Fault xmlns:f="${SOAP_1_2}"/>`],
    ['a fault without a faultstring', '<soap:Fault><faultcode>soap:Client</faultcode></soap:Fault>'],
    [
      'a fault code with a prefix that is not declared',
      '<soap:Fault><faultcode>e:Client</faultcode><faultstring/></soap:Fault>',
    ],
    ['text beside the elements', `x${LOGOUT}`],
    ['a document cut short', LOGOUT.slice(0, -1)],
  ])('complains of %s, by the name of the document', async (_, body) => {
    const complaints = await complaintsAbout(SOAP_1_1, body);
    expect(complaints.join('\n')).toMatch(/^answer[: ]/);
  });
});
