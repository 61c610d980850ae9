import { beforeAll, describe, expect, test } from 'vitest';
import { bearer, job, roomUnderTest, XML } from './room-under-test.ts';

const room = roomUnderTest();

let created: string;
beforeAll(async () => {
  created = await room.create();
  await room.ask('POST', `${created}/data`, 'x', { 'Content-Type': 'text/plain' });
});

/** Every route on a job; `''` is the job itself. */
const OF_A_JOB: [method: string, path: string, body?: string][] = [
  ['GET', ''],
  ['HEAD', ''],
  ['PUT', '', job('Queued', 'stolen=1')],
  ['DELETE', ''],
  ['GET', '/data'],
  ['POST', '/data', 'x'],
  ['GET', '/data/1'],
  ['HEAD', '/data/1'],
];
const ROUTES: typeof OF_A_JOB = [['GET', '/jobs'], ['POST', '/jobs', job('Queued')], ...OF_A_JOB];

const at = (path: string) => (path.startsWith('/jobs') ? path : created + path);
const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe.each(ROUTES)('%s %s', (method, path, body) => {
  test.each([
    ['no credentials', { Authorization: '' }],
    ['an empty token', { Authorization: 'Bearer ' }],
    ['a token that was never given', bearer('made-up')],
    ['an expired token', bearer('old-token')],
    ['another scheme', { Authorization: 'Negotiate abc' }],
    ['Basic that is none', { Authorization: 'Basic abc' }],
  ])('with %s is 401, says how to sign in, and does nothing', async (_, headers) => {
    const before = await room.stored();
    const answer = await room.ask(method, at(path), body, { ...XML, ...headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(
      'Basic realm="web3", charset="UTF-8", Bearer realm="web3"',
    );
    if (method !== 'HEAD')
      expect(answer.text).toMatch(/<Error Status="401"><Message>.+<\/Message><\/Error>$/);
    expect(await room.stored()).toEqual(before);
  });
});

describe.each(OF_A_JOB)("%s of a job's %s", (method, path, body) => {
  test('by another user is 404, as of one that there is not, and does nothing', async () => {
    const before = await room.stored();
    const headers = { ...XML, ...bearer('bob-token') };
    const theirs = await room.ask(method, created + path, body, headers);
    const nobodys = await room.ask(method, `/jobs/no-such-job${path}`, body, headers);
    expect([theirs.status, nobodys.status]).toEqual([404, 404]);
    expect(theirs.text.replace(created.slice('/jobs/'.length), 'no-such-job')).toBe(nobodys.text);
    expect(await room.stored()).toEqual(before);
  });
});

test('by name and password the same is seen as by a token', async () => {
  const byPassword = await room.ask('GET', created, undefined, basic('ann:ann: her own'));
  expect(byPassword.status).toBe(200);
  expect(byPassword.text).toBe((await room.ask('GET', created)).text);
});

test('a wrong password is 401; too many are told when to come again', async () => {
  const wrong = () => room.ask('GET', '/jobs', undefined, basic('bob:wrong'));
  let answer = await wrong();
  expect(answer.status).toBe(401);
  expect(answer.text).toContain('<Message>the user name or the password is wrong</Message>');
  for (let tries = 0; tries < 50 && answer.status === 401; tries++) answer = await wrong();
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
});

describe('a page of another origin, with the password that a browser remembers,', () => {
  const ann = basic('ann:ann: her own');
  const from = (origin: string) => ({ ...ann, Origin: origin });

  test.each<[string, Record<string, string>]>([
    ['without a Content-Type', from('https://evil.example')],
    ['as XML', { ...from('https://evil.example'), ...XML }],
    ['from nowhere, such as a sandboxed frame', { ...from('null'), ...XML }],
    ['from another port', { ...from('http://127.0.0.1:1'), ...XML }],
  ])('creates no job %s', async (_, headers) => {
    const before = await room.stored();
    const answer = await room.ask('POST', '/jobs', new TextEncoder().encode(job('Queued')), headers);
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('Bearer token')]);
    expect(await room.stored()).toEqual(before);
  });

  test('may read, which its browser does not let it see', async () => {
    expect((await room.ask('GET', created, undefined, from('https://evil.example'))).status).toBe(200);
  });

  test('is let in with a token', async () => {
    const headers = { ...XML, Origin: 'https://evil.example' };
    expect((await room.ask('POST', '/jobs', job('Created'), headers)).status).toBe(201);
  });
});

test('a page of the gateway itself may use the password that a browser remembers', async () => {
  const headers = { ...XML, ...basic('ann:ann: her own'), Origin: room.origin };
  expect((await room.ask('POST', '/jobs', job('Created'), headers)).status).toBe(201);
});
