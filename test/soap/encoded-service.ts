import { compileContract, compileEncodedContract } from '../../src/soap/contract.ts';
import type { ReadingRules } from '../../src/soap/reading-rules.ts';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import { SoapService } from '../../src/soap/soap-service.ts';
import { ENCODED_LIMITS, LIMITS, NAMESPACE, RPC_WSDL, SOAP_1_1, WSDL } from './clm.ts';

/** As the CLM room reads: of a UserToken only `token` counts. */
const RULES: ReadingRules = {
  missing: {},
  ignored: ['UserToken.username', 'UserToken.timeout', 'UserToken.sslEnabled', 'PersistentIDStatus.status'],
};

const contract = await compileEncodedContract(
  RPC_WSDL,
  await compileContract(WSDL, RULES),
  RULES,
  ENCODED_LIMITS,
);

/** What an operation was called with; thrown by every handler, since a test is about one or the other. */
class Called extends Error {
  readonly args: unknown;

  constructor(args: unknown) {
    super('called');
    this.args = args;
  }
}

const service = new SoapService({
  contract,
  operations: Object.fromEntries(
    [...contract.operations.keys()].map((name) => [
      name,
      async (args: unknown) => {
        throw new Called(args);
      },
    ]),
  ),
  toFault: () => new SoapFault('Server', 'called'),
  limits: LIMITS,
});

/** The namespaces that requests in these tests use. */
const DECLARATIONS = [
  `xmlns:e="${SOAP_1_1}"`,
  'xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/"',
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:xsi2000="http://www.w3.org/2000/10/XMLSchema-instance"',
  'xmlns:xsi1999="http://www.w3.org/1999/XMLSchema-instance"',
  `xmlns:c="${NAMESPACE}"`,
].join(' ');

/** A whole request around the content of a Body. */
export function encodedEnvelope(body: string, attributes = ''): string {
  return `<e:Envelope ${DECLARATIONS}${attributes}><e:Body>${body}</e:Body></e:Envelope>`;
}

/** The parameters that a Body with this content calls its operation with. */
export async function parametersOf(body: string): Promise<unknown> {
  const reply = await service.handle(
    { body: Buffer.from(encodedEnvelope(body)), contentType: undefined },
    undefined,
  );
  if (reply.cause instanceof Called) return reply.cause.args;
  throw new Error(`not called: ${String(reply.body)}`);
}

/** The fault that a document gets: its status, code and text. */
export async function faultOf(document: string): Promise<string> {
  const reply = await service.handle({ body: Buffer.from(document), contentType: 'text/xml' }, undefined);
  if (reply.cause instanceof Called) return 'none';
  const text = /<faultstring>(.*)<\/faultstring>/.exec(String(reply.body))?.[1] ?? '';
  return `${reply.status} ${reply.fault}: ${text.replaceAll('&lt;', '<').replaceAll('&gt;', '>')}`;
}

/** The same for the content of a Body. */
export async function bodyFaultOf(body: string): Promise<string> {
  return faultOf(encodedEnvelope(body));
}
