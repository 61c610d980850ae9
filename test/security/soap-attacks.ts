import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { element, envelope } from '../e2e/clm-client.ts';
import { expectRepelled } from './attack.ts';
import type { HttpRequest } from './attack-cost.ts';
import { fill, LARGE_BYTES } from './fill.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';
import { CLM, CLM_RPC } from './rooms.ts';

const RPC = 'xmlns:c="http://clm.cisco.com" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/"';
const WSA = 'xmlns:w="http://www.w3.org/2005/08/addressing"';
const TOKEN = '<token><token>t</token></token>';
/** The smallest request whose answer is in band. */
const asking = ({ token, jobId }: GatewayUnderAttack, header = '') =>
  envelope(
    'getAsyncOperationStatus',
    `<token>${element('token', token)}</token>${element('taskID', jobId)}`,
  ).replace('<soap:Body>', `<soap:Header>${header}</soap:Header><soap:Body>`);

/** What stands in a Body, and what is said of it. */
const LITERAL: readonly [name: string, body: string, refused: string][] = [
  [
    'two operations in one Body',
    `${call('logout', TOKEN)}${call('killAsyncOperation', TOKEN)}`,
    'second element',
  ],
  ['parameters named after what every object has', call('logout', '<__proto__/>'), 'unknown element'],
  ['operations named after it', call('constructor', ''), 'there is no operation'],
  ['a token named after it', call('logout', '<token><hasOwnProperty/></token>'), 'unknown element'],
  [
    'parameters without end',
    call(
      'logout',
      fill((i) => `<p${i}/>`),
    ),
    'unknown element',
  ],
  [
    'a parameter twice',
    call(
      'logout',
      fill(() => TOKEN),
    ),
    'twice',
  ],
  [
    'an array that says it has a billion items',
    call(
      'deleteAsyncOperationJobRecords',
      `${TOKEN}<job_ids xmlns:e="urn:e" e:arrayType="e:string[1000000000]"><x/></job_ids>`,
    ),
    'unknown element',
  ],
  [
    'an array of other things',
    call('deleteAsyncOperationJobRecords', `${TOKEN}<job_ids>${fill(() => '<x/>')}</job_ids>`),
    'unknown element',
  ],
  [
    'nil and a text',
    call('logout', '<token xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:nil="1">a</token>'),
    'nil',
  ],
];

const links = (count: number) => fill((i) => `<m id="l${i}" href="#l${i + 1}"/>`, count * 22);
const doubling = Array.from(
  { length: 25 },
  (_, i) => `<m id="d${i}"><x href="#d${i + 1}"/><x href="#d${i + 1}"/></m>`,
).join('');
const referring = (items: string, text: string) =>
  `<c:deleteAsyncOperationJobRecords>${TOKEN}<job_ids>${items}</job_ids></c:deleteAsyncOperationJobRecords><m id="s">${text}</m>`;
const logout = '<c:logout><token href="#a"/></c:logout>';

const ENCODED: typeof LITERAL = [
  ['a reference to itself', `${logout}<m id="a" href="#a"/>`, 'leads back'],
  ['references in a circle', `${logout}<m id="a" href="#b"/><m id="b" href="#a"/>`, 'leads back'],
  ['an element that holds itself', `${logout}<m id="a"><username href="#a"/></m>`, 'leads back'],
  ['references without end', `<c:logout><token href="#l0"/></c:logout>${links(10_000)}`, 'levels'],
  [
    'a billion laughs by references',
    `<c:logout><token><token>t</token><timeout href="#d0"/></token></c:logout>${doubling}<m id="d25">x</m>`,
    'once references are followed',
  ],
  [
    'one text, referred to without end',
    referring(
      fill(() => '<i href="#s"/>', LARGE_BYTES / 2),
      'x'.repeat(LARGE_BYTES / 2),
    ),
    'once references are followed',
  ],
  [
    'the most of a job from the least of a request',
    `<c:asyncExecuteProgram>${TOKEN}<jobGroup/><programName>walk</programName><targetIds/><arguments>${'<i href="#s"/>'.repeat(950)}</arguments></c:asyncExecuteProgram><m id="s">${'x'.repeat(7_000)}</m>`,
    'once references are followed',
  ],
  [
    'a reference to a file',
    '<c:logout><token href="file:///etc/passwd"/></c:logout>',
    'only elements of the message',
  ],
  [
    'a reference to an address',
    '<c:logout><token href="http://127.0.0.1:9/"/></c:logout>',
    'only elements of the message',
  ],
  ['an id without end', `${logout}${fill(() => '<m id="a"/>')}`, 'twice'],
  [
    'an array of a billion',
    `<c:deleteAsyncOperationJobRecords>${TOKEN}<job_ids e:arrayType="e:string[1000000000]" e:offset="[999999999]"><i/></job_ids></c:deleteAsyncOperationJobRecords>`,
    'begins elsewhere',
  ],
  [
    'an array of 9 dimensions',
    `<c:deleteAsyncOperationJobRecords>${TOKEN}<job_ids e:arrayType="e:string[999,999,999,999,999,999,999,999,999]"/></c:deleteAsyncOperationJobRecords>`,
    'dimension',
  ],
  [
    'a sparse array',
    `<c:deleteAsyncOperationJobRecords>${TOKEN}<job_ids><i e:position="[2147483647]">a</i></job_ids></c:deleteAsyncOperationJobRecords>`,
    'sparse',
  ],
];

/** What WS-Attacker and its like do to a SOAP service. */
export function soapAttacks(gateway: () => GatewayUnderAttack): void {
  test.each(LITERAL)('%s', async (_, body, refused) => {
    await expectRepelled(gateway(), {
      request: CLM.send(gateway(), inEnvelope(body)),
      answer: CLM.refusal(refused),
      usual: CLM.usual,
    });
  });

  test.each(ENCODED)('in rpc/encoded, %s', async (_, body, refused) => {
    const request = CLM_RPC.send(gateway(), inEnvelope(body));
    await expectRepelled(gateway(), { request, answer: CLM_RPC.refusal(refused), usual: CLM_RPC.usual });
  });

  test.each([
    '"urn:killAsyncOperation"',
    'killAsyncOperation',
    '"http://clm.cisco.com/deleteAsyncOperationJobRecords"',
    '"',
  ])('SOAPAction spoofing: %s changes nothing of what the Body asks for', async (action) => {
    const { path, body, headers } = CLM.send(gateway(), asking(gateway()));
    const request: HttpRequest = {
      path,
      headers: { ...headers, SOAPAction: action },
      ...(body !== undefined && { body }),
    };
    const answer = { statuses: [200], text: /<getAsyncOperationStatusResult><errorCode>0</ };
    await expectRepelled(gateway(), { request, answer, usual: CLM.usual });
  });

  describe('WS-Addressing spoofing', () => {
    test('has nobody called, and is answered to the sender', async () => {
      let called = 0;
      const listener = createServer(() => {
        called += 1;
      }).listen(0, '127.0.0.1');
      onTestFinished(() => void listener.close());
      await new Promise((resolve) => listener.once('listening', resolve));
      const address = listener.address();
      const target = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
      const header = ['ReplyTo', 'FaultTo', 'From']
        .map((name) => `<w:${name} ${WSA}><w:Address>${target}</w:Address></w:${name}>`)
        .join('');
      const action = `<w:Action ${WSA}>killAsyncOperation</w:Action>`;
      await expectRepelled(gateway(), {
        request: CLM.send(gateway(), asking(gateway(), header + action)),
        answer: { statuses: [200], text: /<getAsyncOperationStatusResult><errorCode>0</ },
        usual: CLM.usual,
      });
      expect(called).toBe(0);
    });

    test('that must be understood is refused', async () => {
      const header = `<w:ReplyTo ${WSA} soap:mustUnderstand="1"><w:Address>http://127.0.0.1:9/</w:Address></w:ReplyTo>`;
      const request = CLM.send(gateway(), asking(gateway(), header));
      const answer = { statuses: [500], text: /soap:MustUnderstand</ };
      await expectRepelled(gateway(), { request, answer, usual: CLM.usual });
    });
  });
}

function call(operation: string, content: string): string {
  return `<${operation} xmlns="http://clm.cisco.com">${content}</${operation}>`;
}

function inEnvelope(body: string): string {
  return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ${RPC}><soap:Body>${body}</soap:Body></soap:Envelope>`;
}
