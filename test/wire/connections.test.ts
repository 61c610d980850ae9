import { describe, expect, test } from 'vitest';
import { envelope, loginContent } from '../e2e/clm-client.ts';
import { ADMIN_PASSWORD } from '../support/jobgate-node.ts';
import { harmless, post, SOAP_1_1, statuses, wireGateway } from './wire-gateway.ts';

const gateway = wireGateway();
const kept = (body: string) => post(body, { keep: true });
const list = () =>
  `<s:Envelope xmlns:s="${SOAP_1_1}"><s:Body><listAllAsyncOperationJobRecords xmlns="http://clm.cisco.com"><token><token>${gateway.token}</token></token></listAllAsyncOperationJobRecords></s:Body></s:Envelope>`;

/** Which operation each answer is to; `Fault` for a fault. */
async function answered(...pieces: (string | Buffer)[]): Promise<(string | undefined)[]> {
  const { answers } = await gateway.say(...pieces);
  return answers.map(
    ({ body, statusLine }) =>
      /<(\w+)Response|(Fault)>/.exec(body.toString())?.slice(1).join('') ?? statusLine,
  );
}

describe('several requests in one packet', () => {
  test('are answered in their order', async () => {
    const requests = [kept(list()), kept(harmless()), kept(list()), post(harmless())];
    expect(await answered(Buffer.concat(requests))).toEqual([
      'listAllAsyncOperationJobRecords',
      'logout',
      'listAllAsyncOperationJobRecords',
      'logout',
    ]);
  });

  test('are all answered where one of them is wrong', async () => {
    const requests = [kept(list()), kept('<no xml'), kept(harmless('<wrong')), post(list())];
    expect(await answered(Buffer.concat(requests))).toEqual([
      'listAllAsyncOperationJobRecords',
      'Fault',
      'Fault',
      'listAllAsyncOperationJobRecords',
    ]);
  });

  test('are answered up to what is no HTTP, which is answered last', async () => {
    const garbage = post(harmless(), { length: '-1' });
    expect(await answered(Buffer.concat([kept(list()), kept(harmless()), garbage, post(list())]))).toEqual([
      'listAllAsyncOperationJobRecords',
      'logout',
      'HTTP/1.1 400 Bad Request',
    ]);
  });

  test('are answered up to one that asks for a tunnel, which is answered last', async () => {
    expect(
      await answered(Buffer.concat([kept(list()), Buffer.from('CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n')])),
    ).toEqual(['listAllAsyncOperationJobRecords', 'HTTP/1.1 501 Not Implemented']);
  });

  test('are answered up to one that asks for the connection to be closed', async () => {
    expect(await answered(Buffer.concat([kept(list()), post(harmless()), post(list())]))).toEqual([
      'listAllAsyncOperationJobRecords',
      'logout',
    ]);
  });

  test('may be cut anywhere', async () => {
    const bytes = Buffer.concat([kept(harmless()), post(list())]);
    const pieces = [...bytes].map((byte) => Buffer.from([byte]));
    expect(await answered(...pieces)).toEqual(['logout', 'listAllAsyncOperationJobRecords']);
  });
});

describe('a connection', () => {
  test('of HTTP/1.0 is kept for a client that asks for it, and is told so', async () => {
    const first = post(harmless(), { version: '1.0', keep: true, fields: ['Connection: Keep-Alive'] });
    const { answers } = await gateway.say(
      Buffer.concat([first, post(harmless(), { version: '1.0', keep: true })]),
    );
    expect(answers.map(({ headers }) => headers.get('connection'))).toEqual(['keep-alive', 'close']);
  });

  test('whose client closes its side once it has asked is answered, however long that takes', async () => {
    const login = envelope('login', loginContent('admin', ADMIN_PASSWORD));
    const { answers } = await gateway.sayLast(Buffer.concat([kept(login), kept(list())]));
    expect(answers.map(({ statusLine }) => statusLine)).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK']);
  });

  test('is kept after an error whose request was read to its end', async () => {
    const wrong = post('{}', { keep: true, contentType: 'application/json' });
    expect(statuses(await gateway.say(Buffer.concat([wrong, post(harmless())])))).toEqual([415, 200]);
  });
});

describe('Expect', () => {
  test('100-continue in whatever case has the body asked for, also on a connection that is kept', async () => {
    const fields = ['EXPECT: 100-Continue'];
    const said = await gateway.say(post(harmless(), { keep: true, fields }), post(harmless(), { fields }));
    expect([statuses(said), said.interim]).toEqual([[200, 200], 2]);
  });
});
