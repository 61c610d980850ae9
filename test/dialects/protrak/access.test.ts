import { beforeAll, describe, expect, test } from 'vitest';
import { bearer, NO_TOKEN, roomUnderTest } from './room-under-test.ts';

const room = roomUnderTest();
const NEW_JOB = '{"type":"ExecuteCommonProgram","programExecutionInfo":{"programName":"walk"}}';

/** Every route; `:job` is a job of ann's. */
const ROUTES: [method: string, path: string, body?: string][] = [
  ['POST', '/asyncJobs', NEW_JOB],
  ['GET', '/asyncJobs'],
  ['GET', '/asyncJobs/:job'],
  ['PUT', '/asyncJobs/:job'],
  ['POST', '/programs/walk/executeCommonProgramAsAsyncJob', '[]'],
  ['POST', '/programs/walk/executeCommonProgram', 'null'],
];

let job: string;
beforeAll(async () => {
  job = await room.start();
});

const ask = (method: string, path: string, body: string | undefined, headers: Record<string, string>) =>
  room.ask(method, path.replace(':job', job), body, headers);

describe.each(ROUTES)('%s %s', (method, path, body) => {
  test.each([
    ['no token', NO_TOKEN, 'INVALID_TOKEN'],
    ['an empty token', { Authorization: 'Bearer ' }, 'INVALID_TOKEN'],
    ['a token that was never given', bearer('made-up'), 'INVALID_TOKEN'],
    ['a password in place of a token', { Authorization: 'Basic YW5uOnB3' }, 'INVALID_TOKEN'],
    ['an expired token', bearer('old-token'), 'TOKEN_EXPIRED'],
  ])('with %s is 401, with the scheme, and nothing is done', async (_, headers, code) => {
    const before = await room.countJobs();
    const answer = await ask(method, path, body, headers);
    expect(answer).toMatchObject({ status: 401, json: { message: expect.any(String), code } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await room.countJobs()).toBe(before);
  });
});

test.each(['GET', 'PUT'])(
  "to another user %s of somebody's job is 404, as of one that there is not",
  async (method) => {
    const theirs = await ask(method, '/asyncJobs/:job', undefined, bearer('bob-token'));
    const nobodys = await room.ask(
      method,
      `/asyncJobs/${job.replace(/^./, 'x')}`,
      undefined,
      bearer('bob-token'),
    );
    expect(theirs).toMatchObject({ status: 404, json: { code: 'JOB_NOT_FOUND' } });
    expect(nobodys).toMatchObject({ status: 404, json: { code: 'JOB_NOT_FOUND' } });
    expect((await room.ask('GET', `/asyncJobs/${job}`)).json).toMatchObject({ isRead: false });
  },
);

test("to another user a list does not show somebody's job", async () => {
  expect((await ask('GET', '/asyncJobs', undefined, bearer('bob-token'))).json).toEqual([]);
});

test('an administrator sees every job, and lists only those of its own', async () => {
  const shown = await ask('GET', '/asyncJobs/:job', undefined, bearer('root-token'));
  expect(shown).toMatchObject({ status: 200, json: { id: job, creator: { userName: 'ann' } } });
  expect((await ask('GET', '/asyncJobs', undefined, bearer('root-token'))).json).toEqual([]);
});
