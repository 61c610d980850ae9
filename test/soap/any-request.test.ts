import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileContract } from '../../src/soap/contract.ts';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import { SoapService } from '../../src/soap/soap-service.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';
import { envelope, LIMITS, NAMESPACE, NO_RULES, SOAP_1_1, SOAP_1_2, WSDL } from './clm.ts';

const contract = await compileContract(WSDL, NO_RULES);
const service = new SoapService({
  contract,
  operations: Object.fromEntries([...contract.operations.keys()].map((name) => [name, async () => 'id'])),
  toFault: () => new SoapFault('Server', 'not in this test'),
  limits: LIMITS,
});

const REQUESTS = [SOAP_1_1, SOAP_1_2].map((soap) =>
  envelope(
    `<asyncExecuteProgram xmlns="${NAMESPACE}"><token><token>t</token><timeout>1</timeout></token><jobGroup xsi:nil="true"/><programName>walk</programName><targetIds><item>a</item></targetIds><arguments/></asyncExecuteProgram>`,
    { soap, header: '<e:Header><h xmlns="urn:h" e:mustUnderstand="0"/></e:Header>' },
  ),
);

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
      async (request, damages, contentType) => {
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
    { seed: 1, numRuns: 2_000 },
  );
});

test('and the same requests undamaged are answered', async () => {
  for (const request of REQUESTS) {
    const reply = await service.handle({ body: Buffer.from(request), contentType: undefined }, undefined);
    expect(reply).toMatchObject({ status: 200, operation: 'asyncExecuteProgram' });
  }
});
