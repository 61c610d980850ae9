import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileContract, compileEncodedContract, type SoapContract } from '../../src/soap/contract.ts';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import { SoapService } from '../../src/soap/soap-service.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';
import {
  ENCODED_LIMITS,
  envelope,
  LIMITS,
  NAMESPACE,
  NO_RULES,
  RPC_WSDL,
  SOAP_1_1,
  SOAP_1_2,
  WSDL,
} from './clm.ts';

const serviceOf = (contract: SoapContract) =>
  new SoapService({
    contract,
    operations: Object.fromEntries([...contract.operations.keys()].map((name) => [name, async () => 'id'])),
    toFault: () => new SoapFault('Server', 'not in this test'),
    limits: LIMITS,
  });

const literal = serviceOf(await compileContract(WSDL, NO_RULES));
const encoded = serviceOf(
  await compileEncodedContract(RPC_WSDL, await compileContract(WSDL, NO_RULES), NO_RULES, ENCODED_LIMITS),
);

const LITERAL_REQUESTS = [SOAP_1_1, SOAP_1_2].map((soap) =>
  envelope(
    `<asyncExecuteProgram xmlns="${NAMESPACE}"><token><token>t</token><timeout>1</timeout></token><jobGroup xsi:nil="true"/><programName>walk</programName><targetIds><item>a</item></targetIds><arguments/></asyncExecuteProgram>`,
    { soap, header: '<e:Header><h xmlns="urn:h" e:mustUnderstand="0"/></e:Header>' },
  ),
);

const ENCODED_REQUEST = envelope(
  `<c:asyncExecuteProgram xmlns:c="${NAMESPACE}" xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/"><token href="#a"/><jobGroup xsi:nil="true"/><programName href="#b"/><targetIds enc:arrayType="x[1]"><i href="#b"/></targetIds><arguments/></c:asyncExecuteProgram><m id="a"><token href="#b"/><timeout href="#c"/></m><m id="b">walk</m><m id="c">1</m>`,
);

const REQUESTS = [
  ...LITERAL_REQUESTS.map((document) => ({ document, service: literal })),
  { document: ENCODED_REQUEST, service: encoded },
];

/** A piece of a request replaced by something else. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(12),
  by: fc.oneof(
    fc.constantFrom(
      '',
      '<',
      '>',
      '/',
      '"',
      '&',
      ';',
      ' ',
      '1',
      '<a>',
      '</a>',
      'xsi:nil="1"',
      'href="#a"',
      'id="a"',
      '#b',
      '\0',
      'é',
      '\uFFFE',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
});

test('whatever is asked, the answer is well-formed and its status fits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...REQUESTS),
      fc.array(damage, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(
        undefined,
        'text/xml',
        'application/soap+xml; charset=utf-16',
        'text/xml; charset=latin1',
      ),
      async ({ document: request, service }, damages, contentType) => {
        const document = damages.reduce((text, { at, length, by }) => {
          const from = Math.floor(at * text.length);
          return text.slice(0, from) + by + text.slice(from + length);
        }, request);
        const reply = await service.handle({ body: Buffer.from(document), contentType }, undefined);
        expect(reply.fault === null ? [200] : [400, 415, 500]).toContain(reply.status);
        const reader = new XmlReader(reply.body as string, LIMITS);
        while (reader.read() !== 'eof');
      },
    ),
    { seed: 1, numRuns: 3_000 },
  );
});

test('and the same requests undamaged are answered', async () => {
  for (const { document, service } of REQUESTS) {
    const reply = await service.handle({ body: Buffer.from(document), contentType: undefined }, undefined);
    expect(reply).toMatchObject({ status: 200, operation: 'asyncExecuteProgram' });
  }
});
