import { describe, expect, test } from 'vitest';
import { type Answer, roomUnderTest, type Sent, walk } from './room-under-test.ts';

const room = roomUnderTest();

const WEBHOOK = '/v1/Webhook?instance=main&projectid=sample&jobid=walk';
const ROUTES: readonly [string, (sent: Sent) => Promise<Answer>][] = [
  ['ExecuteJobAsync', (sent) => room.post('/v1/ExecuteJobAsync', walk('nobody'), sent)],
  ['ExecuteJob', (sent) => room.post('/v1/ExecuteJob', walk('nobody'), sent)],
  ['Results', (sent) => room.ask('GET', '/v1/Results/nobody', sent)],
  ['Webhook', (sent) => room.ask('POST', WEBHOOK, { ...sent, body: 'x' })],
];
const DENIED = { Message: 'Authorization has been denied for this request.' };

describe.each(ROUTES)('%s', (_name, send) => {
  test.each<[string, Sent]>([
    ['no token', { token: null }],
    ['a token that was never given', { token: 'made-up' }],
    ['a token that has expired', { token: 'old-token' }],
    ['an empty token', { token: null, headers: { Authorization: 'Bearer ' } }],
    ['a token of another scheme', { token: null, headers: { Authorization: 'Basic YW5uOnN3b3JkZmlzaA==' } }],
  ])('is denied with %s, and nothing is stored', async (_what, sent) => {
    const answer = await send(sent);
    expect([answer.status, answer.json]).toEqual([401, DENIED]);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await room.jobs()).toEqual([]);
  });
});

test('who may not come in is not told what is wrong with the request', async () => {
  const answer = await room.post('/v1/ExecuteJobAsync', {}, { token: null });
  expect([answer.status, answer.json]).toEqual([401, DENIED]);
});

describe('the webhook route', () => {
  test('takes the token of the query', async () => {
    const answer = await room.ask('POST', `${WEBHOOK}&token=ann-token`, { token: null, body: 'x' });
    expect([answer.status, answer.json]).toEqual([200, expect.objectContaining({ started: true })]);
  });

  test.each(['made-up', 'old-token', ''])('is denied with the token "%s" in the query', async (token) => {
    const answer = await room.ask('POST', `${WEBHOOK}&token=${token}`, { token: null, body: 'x' });
    expect([answer.status, answer.json]).toEqual([401, DENIED]);
  });

  test('is denied with two tokens in the query', async () => {
    const answer = await room.ask('POST', `${WEBHOOK}&token=ann-token&TOKEN=ann-token`, { token: null });
    expect(answer.status).toBe(401);
  });

  test('shows the token of the query neither in the log nor in an error', async () => {
    const answer = await room.ask('POST', `/v1/Webhooks?token=ann-token`, { token: null });
    expect(answer.status).toBe(404);
    expect(answer.text + room.log.join('')).not.toContain('ann-token');
  });
});

test('the other routes do not take a token from the query', async () => {
  const answer = await room.ask('GET', '/v1/Results/r?token=ann-token', { token: null });
  expect(answer.status).toBe(401);
});

describe("somebody else's run", () => {
  test('has no results', async () => {
    await room.post('/v1/ExecuteJobAsync', walk('of ann'));
    expect((await room.ask('GET', '/v1/Results/of%20ann')).json).toHaveLength(1);
    expect((await room.ask('GET', '/v1/Results/of%20ann', { token: 'bob-token' })).json).toEqual([]);
  });

  test('is seen by an administrator, unless it has one of its own under the ID', async () => {
    const results = () => room.ask('GET', '/v1/Results/of%20both', { token: 'root-token' });
    await room.post('/v1/ExecuteJobAsync', { ...walk('of both'), jobID: 'first', chainJobs: true });
    expect((await results()).json).toHaveLength(3);
    await room.post('/v1/ExecuteJobAsync', walk('of both'), { token: 'root-token' });
    expect((await results()).json).toHaveLength(1);
  });

  test('does not keep its run ID from others', async () => {
    await room.post('/v1/ExecuteJobAsync', walk('shared'));
    const { json } = await room.post('/v1/ExecuteJobAsync', walk('shared', { argument: '1' }), {
      token: 'bob-token',
    });
    expect(json).toEqual({ runID: 'shared', started: true, error: null });
    for (const token of ['ann-token', 'bob-token']) {
      expect((await room.ask('GET', '/v1/Results/shared', { token })).json).toHaveLength(1);
    }
  });
});

describe('an address', () => {
  test.each([
    ['GET', '/v1/results/none'],
    ['GET', '/V1/RESULTS/none'],
    ['GET', '/api/v1/Results/none'],
    ['GET', '/API/V1/results/none/'],
  ])('%s %s is found in whatever case, with /api and without', async (method, path) => {
    expect((await room.ask(method, path)).json).toEqual([]);
  });

  test('that is none is said to be none', async () => {
    const { status, json } = await room.ask('GET', '/v1/Nothing?a=b');
    expect([status, json]).toEqual([
      404,
      {
        Message: expect.stringMatching(
          /^No HTTP resource was found that matches the request URI 'http:\/\/127\.0\.0\.1:\d+\/v1\/Nothing'\.$/,
        ),
      },
    ]);
  });

  test.each([
    ['GET', '/v1/ExecuteJobAsync', 'POST'],
    ['GET', '/v1/ExecuteJob', 'POST'],
    ['PUT', '/v1/Webhook', 'POST'],
    ['POST', '/v1/Results/r', 'GET, HEAD'],
    ['GET', '/token', 'POST'],
    ['DELETE', '/api/token', 'POST'],
  ])('does not take %s %s', async (method, path, allowed) => {
    const { status, json, headers } = await room.ask(method, path);
    expect([status, json]).toEqual([
      405,
      { Message: `The requested resource does not support http method '${method}'.` },
    ]);
    expect(headers.get('allow')).toBe(allowed);
  });
});
