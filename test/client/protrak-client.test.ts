import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ProtrakClient, ProtrakError } from '../../src/client/index.ts';

/** What the server was asked, as far as it matters here. */
interface Asked {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

type Reply = [status: number, body: string, headers?: Record<string, string>] | 'never';

const ID = '0b8a1c1e-2f5d-4c6b-9e57-0c3d2a1b4f60';
const IN_PROGRESS: Reply = [200, JSON.stringify({ id: ID, status: 'InProgress', completedDate: null })];
const COMPLETED: Reply = [200, JSON.stringify({ id: ID, status: 'Completed' })];

let server: Server;
let url: string;
let asked: Asked[];
/** Given one after the other; the last one again and again. */
let replies: Reply[];

beforeAll(async () => {
  server = createServer(async (req, res) => {
    asked.push(await read(req));
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (reply === undefined || reply === 'never') return;
    const [status, body, headers = {}] = reply;
    res.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  asked = [];
  replies = [[200, '{}']];
});

async function read(req: IncomingMessage): Promise<Asked> {
  let body = '';
  for await (const chunk of req) body += chunk;
  const { authorization, 'content-type': contentType } = req.headers;
  return { line: `${req.method} ${req.url}`, authorization, contentType, body };
}

const client = () => new ProtrakClient({ url, token: 'secret' });
const caught = (promise: Promise<unknown>) => promise.then(() => undefined).catch((error: unknown) => error);

describe('requests', () => {
  test.each<[string, string, string, (it: ProtrakClient) => Promise<unknown>]>([
    [
      'createAsyncJob',
      'POST /protrak/api/asyncJobs',
      '{"type":"ExecuteCommonProgram","programExecutionInfo":{"programName":"p","arguments":[1]}}',
      (it) =>
        it.createAsyncJob({
          type: 'ExecuteCommonProgram',
          programExecutionInfo: { programName: 'p', arguments: [1] },
        }),
    ],
    [
      'executeCommonProgramAsAsyncJob',
      'POST /protrak/api/programs/a%2Fb%20%C3%A9/executeCommonProgramAsAsyncJob',
      '["x",1]',
      (it) => it.executeCommonProgramAsAsyncJob('a/b é', ['x', 1]),
    ],
    [
      'executeCommonProgramAsAsyncJob without arguments',
      'POST /protrak/api/programs/p/executeCommonProgramAsAsyncJob',
      '[]',
      (it) => it.executeCommonProgramAsAsyncJob('p'),
    ],
    [
      'executeCommonProgram',
      'POST /protrak/api/programs/p/executeCommonProgram',
      '{"a":null}',
      (it) => it.executeCommonProgram('p', { a: null }),
    ],
    [
      'executeCommonProgram without a payload',
      'POST /protrak/api/programs/p/executeCommonProgram',
      'null',
      (it) => it.executeCommonProgram('p'),
    ],
    ['getAsyncJob', `GET /protrak/api/asyncJobs/${ID}`, '', (it) => it.getAsyncJob(ID)],
    [
      'getAsyncJob that waits',
      `GET /protrak/api/asyncJobs/${ID}?wait=60`,
      '',
      (it) => it.getAsyncJob(ID, { waitSeconds: 60 }),
    ],
    ['updateAsyncJob', `PUT /protrak/api/asyncJobs/${ID}`, '', (it) => it.updateAsyncJob(ID)],
    ['listAsyncJobs', 'GET /protrak/api/asyncJobs', '', (it) => it.listAsyncJobs()],
    [
      'listAsyncJobs of a page',
      'GET /protrak/api/asyncJobs?skip=50&take=10',
      '',
      (it) => it.listAsyncJobs({ skip: 50, take: 10 }),
    ],
  ])('%s', async (_, line, body, call) => {
    await call(client());
    const contentType = body === '' ? undefined : 'application/json';
    expect(asked).toEqual([{ line, authorization: 'Bearer secret', contentType, body }]);
  });

  test.each(['', '.', '..'])('"%s" is no id and no name that a path could have', async (name) => {
    expect(await caught(client().getAsyncJob(name))).toBeInstanceOf(TypeError);
    expect(await caught(client().executeCommonProgram(name))).toBeInstanceOf(TypeError);
    expect(asked).toEqual([]);
  });

  test.each(['/jobs', '/jobs/'])('the gateway may be below a path such as %s', async (path) => {
    await new ProtrakClient({ url: url + path, token: 'secret' }).listAsyncJobs();
    expect(asked[0]?.line).toBe('GET /jobs/protrak/api/asyncJobs');
  });

  test('an empty answer is nothing', async () => {
    replies = [[204, '']];
    expect(await client().updateAsyncJob(ID)).toBeUndefined();
  });
});

describe('the token', () => {
  test('may be asked for before each request', async () => {
    let count = 0;
    const it = new ProtrakClient({ url, token: async () => `token-${++count}` });
    await it.listAsyncJobs();
    await it.listAsyncJobs();
    expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('comes from /token after a login', async () => {
    replies = [[200, '{"access_token":"fresh","token_type":"bearer","expires_in":3600}']];
    const it = new ProtrakClient({ url });
    expect(await it.login('ann', 'pass & word')).toBe('fresh');
    await it.listAsyncJobs();
    expect(asked).toMatchObject([
      {
        line: 'POST /token',
        authorization: undefined,
        contentType: 'application/x-www-form-urlencoded;charset=UTF-8',
        body: 'grant_type=password&username=ann&password=pass+%26+word',
      },
      { line: 'GET /protrak/api/asyncJobs', authorization: 'Bearer fresh' },
    ]);
  });

  test('is not sent where there is none', async () => {
    await new ProtrakClient({ url }).listAsyncJobs();
    expect(asked[0]?.authorization).toBeUndefined();
  });
});

describe('a ProtrakError', () => {
  test.each<[string, Reply, Partial<ProtrakError>]>([
    [
      'has status, code and message',
      [404, '{"message":"there is no such async job","code":"JOB_NOT_FOUND"}', { 'X-Request-Id': 'r1' }],
      { status: 404, code: 'JOB_NOT_FOUND', message: 'there is no such async job', requestId: 'r1' },
    ],
    [
      'has those of a failed login',
      [400, '{"error":"invalid_grant","error_description":"the password is wrong"}'],
      { status: 400, code: 'invalid_grant', message: 'the password is wrong', requestId: null },
    ],
    [
      'says what a proxy said',
      [502, '<html>Bad Gateway</html>'],
      { status: 502, code: 'UNEXPECTED_ANSWER', message: 'the server answered 502 Bad Gateway' },
    ],
    ['bears a body that is null', [500, 'null'], { status: 500, code: 'UNEXPECTED_ANSWER' }],
    ['tells of an answer that is no JSON', [200, '<html>'], { status: 200, code: 'UNEXPECTED_ANSWER' }],
  ])('%s', async (_, reply, expected) => {
    replies = [reply];
    const error = await caught(client().getAsyncJob(ID));
    expect(error).toBeInstanceOf(ProtrakError);
    expect(error).toMatchObject({ name: 'ProtrakError', ...expected });
  });

  test('comes of a login whose answer has no token', async () => {
    expect(await caught(new ProtrakClient({ url }).login('ann', 'x'))).toMatchObject({
      code: 'UNEXPECTED_ANSWER',
    });
  });
});

describe('waitForJob', () => {
  test("is the source's WaitForJob loop: it asks until the job has ended, however it ended", async () => {
    for (const status of ['Completed', 'Failed', 'Abandoned']) {
      asked = [];
      replies = [IN_PROGRESS, IN_PROGRESS, [200, JSON.stringify({ id: ID, status })]];
      expect(await client().waitForJob(ID, { pollMs: 1 })).toMatchObject({ status });
      expect(asked.map(({ line }) => line)).toEqual(Array(3).fill(`GET /protrak/api/asyncJobs/${ID}`));
    }
  });

  test('rests between two questions', async () => {
    replies = [IN_PROGRESS, COMPLETED];
    const began = performance.now();
    await client().waitForJob(ID, { pollMs: 60 });
    expect(performance.now() - began).toBeGreaterThan(55);
  });

  test('lets the gateway wait where it is told to, and rests all the same when that answers too soon', async () => {
    replies = [IN_PROGRESS, COMPLETED];
    const began = performance.now();
    await client().waitForJob(ID, { waitSeconds: 30, pollMs: 60 });
    expect(performance.now() - began).toBeGreaterThan(55);
    expect(asked.map(({ line }) => line)).toEqual(Array(2).fill(`GET /protrak/api/asyncJobs/${ID}?wait=30`));
  });

  test('ends with what the gateway refuses', async () => {
    replies = [IN_PROGRESS, [401, '{"message":"log in again","code":"TOKEN_EXPIRED"}']];
    expect(await caught(client().waitForJob(ID, { pollMs: 1 }))).toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  test("ends with the signal's reason, between two questions and in the middle of one", async () => {
    for (const reply of [IN_PROGRESS, 'never'] as const) {
      replies = [reply];
      const leave = new AbortController();
      const waiting = caught(client().waitForJob(ID, { signal: leave.signal }));
      setTimeout(() => leave.abort(new Error('no time')), 30);
      expect(await waiting).toMatchObject({ message: 'no time' });
    }
  });

  test('does not begin where the signal has aborted already', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    expect(await caught(client().waitForJob(ID, { signal }))).toMatchObject({ message: 'too late' });
    expect(asked).toEqual([]);
  });
});
