import { describe, expect, test } from 'vitest';
import { bearer, roomUnderTest } from './room-under-test.ts';

const room = roomUnderTest();
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CALL = { programName: 'DataMigrationProgram', arguments: ['sourceId', 'targetId', 100] };

const create = (job: unknown) => room.ask('POST', '/asyncJobs', JSON.stringify(job));
const get = async (id: string) => (await room.ask('GET', `/asyncJobs/${id}`)).json as Record<string, unknown>;

describe('CreateAsyncJobAsync', () => {
  test('answers 201, the Guid as a JSON string, and where the job is', async () => {
    const answer = await create({ type: 'ExecuteCommonProgram', programExecutionInfo: CALL });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatch(GUID);
    expect(answer.headers.get('location')).toBe(`${room.origin}/protrak/api/asyncJobs/${answer.json}`);
    expect(await get(answer.json as string)).toMatchObject({
      status: 'InProgress',
      programExecutionInfo: CALL,
    });
  });

  test("takes a .NET client's whole object with its defaults, and goes by type and program alone", async () => {
    const answer = await create({
      Id: '00000000-0000-0000-0000-000000000000',
      Type: 'executeCommonProgram',
      Status: 0,
      Created: '0001-01-01T00:00:00',
      CompletedDate: null,
      IsRead: true,
      ErrorMessage: null,
      BulkOperationType: 4,
      ProgramExecutionInfo: { ProgramName: 'walk', Arguments: null, Result: null },
      Creator: null,
      Tenant: { anything: [] },
    });
    expect(answer.status).toBe(201);
    expect(await get(answer.json as string)).toMatchObject({
      id: answer.json,
      creator: { userName: 'ann' },
      isRead: false,
      bulkOperationType: 0,
      programExecutionInfo: { programName: 'walk', arguments: [] },
    });
  });

  test.each(['InProgress', 'Completed', 'Failed', 'Abandoned', 'Running', 'running', null, 2])(
    'takes the status %s, which counts for nothing',
    async (status) => {
      const answer = await create({ type: 'ExecuteCommonProgram', status, programExecutionInfo: CALL });
      expect(await get(answer.json as string)).toMatchObject({ status: 'InProgress' });
    },
  );

  test('takes arguments of exactly the limit', async () => {
    const value = 'x'.repeat(1_048_576 - 4);
    const info = { programName: 'walk', arguments: [value] };
    const answer = await create({ type: 'ExecuteCommonProgram', programExecutionInfo: info });
    expect(answer.status).toBe(201);
    expect((await get(answer.json as string))['programExecutionInfo']).toEqual(info);
  });

  test.each([
    'application/json',
    'text/json',
    'application/vnd.protrak+json',
    'application/json;charset=utf-16',
  ])('reads %s', async (type) => {
    const text = JSON.stringify({ type: 'ExecuteCommonProgram', programExecutionInfo: CALL });
    const body = type.endsWith('utf-16') ? Buffer.from(`\ufeff${text}`, 'utf16le') : text;
    expect((await room.ask('POST', '/asyncJobs', body, { 'Content-Type': type })).status).toBe(201);
  });
});

describe('ExecuteCommonProgramAsAsyncJobAsync', () => {
  test('makes the job that CreateAsyncJobAsync would make', async () => {
    const path = '/programs/DataMigrationProgram/executeCommonProgramAsAsyncJob';
    const answer = await room.ask('POST', path, '["sourceId","targetId",100]');
    expect(answer).toMatchObject({ status: 201, json: expect.stringMatching(GUID) });
    expect(await get(answer.json as string)).toMatchObject({ programExecutionInfo: CALL });
  });

  test('takes a name with any characters, percent-encoded', async () => {
    const id = await room.start(encodeURIComponent('Datenübernahme / 2 %'));
    expect(await get(id)).toMatchObject({ programExecutionInfo: { programName: 'Datenübernahme / 2 %' } });
  });
});

describe('GetAsyncJobAsync', () => {
  test("takes a Guid in each of .NET's spellings", async () => {
    const id = await room.start();
    const digits = id.replaceAll('-', '');
    for (const spelt of [id.toUpperCase(), digits, `{${id}}`, `(${id})`, `{${digits.toUpperCase()}}`]) {
      expect(await get(encodeURIComponent(spelt))).toMatchObject({ id });
    }
  });

  test('matches its path without regard to case, as ASP.NET does', async () => {
    const id = await room.start();
    expect((await room.ask('GET', `/ASYNCJOBS/${id}`)).json).toMatchObject({ id });
  });

  test('with wait answers as soon as the job has ended', async () => {
    const id = await room.start('walk', 1);
    const answer = room.ask('GET', `/asyncJobs/${id}?wait=60`);
    await room.finish(id, { result: { walked: 7 } });
    expect((await answer).json).toMatchObject({
      status: 'Completed',
      programExecutionInfo: { arguments: [1], result: [{ walked: 7 }] },
    });
  });

  test('with wait answers how far the job is when the time is up', async () => {
    const id = await room.start();
    const asked = performance.now();
    expect((await room.ask('GET', `/asyncJobs/${id}?wait=1`)).json).toMatchObject({ status: 'InProgress' });
    expect(performance.now() - asked).toBeGreaterThan(900);
  });

  test('with wait answers at once for a job that has ended', async () => {
    const id = await room.start();
    await room.finish(id, { state: 'abandoned' });
    const asked = performance.now();
    expect((await room.ask('GET', `/asyncJobs/${id}?wait=60`)).json).toMatchObject({ status: 'Abandoned' });
    expect(performance.now() - asked).toBeLessThan(20_000);
  });
});

describe('UpdateAsyncJobAsync', () => {
  test.each([
    ['nothing', undefined, 'application/json'],
    ['null', 'null', 'application/json'],
    ['an AsyncJob', '{"isRead":false,"status":"Asleep"}', 'application/json'],
    ['what is no JSON', '<job/>', 'application/xml'],
    ['more than a body may have', 'x'.repeat(11_000_000), 'application/octet-stream'],
  ])('sets isRead and nothing else, with %s as its body', async (_, body, type) => {
    const id = await room.start();
    const before = await get(id);
    const answer = await room.ask('PUT', `/asyncJobs/${id}`, body, { 'Content-Type': type });
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(await get(id)).toEqual({ ...before, isRead: true });
  });

  test('may be asked again, also of a job that has ended', async () => {
    const id = await room.start();
    await room.finish(id, {});
    await room.ask('PUT', `/asyncJobs/${id}`);
    expect((await room.ask('PUT', `/asyncJobs/${id.toUpperCase()}`)).status).toBe(204);
    expect(await get(id)).toMatchObject({ isRead: true, status: 'Completed' });
  });
});

describe('the list', () => {
  const mine = bearer('bob-token');
  const start = async (...values: unknown[]) =>
    (await room.ask('POST', '/programs/walk/executeCommonProgramAsAsyncJob', JSON.stringify(values), mine))
      .json;
  const list = async (query = '') =>
    (await room.ask('GET', `/asyncJobs${query}`, undefined, mine)).json as { id: string }[];

  test("shows the caller's own jobs whole, newest first, by skip and take, 25 or at most 100 at once", async () => {
    expect(await list()).toEqual([]);
    const ids: unknown[] = [];
    for (let count = 0; count < 102; count++) ids.unshift(await start(count));
    const [newest] = await list();
    expect(newest).toEqual((await room.ask('GET', `/asyncJobs/${ids[0]}`, undefined, mine)).json);
    const idsOf = async (query?: string) => (await list(query)).map(({ id }) => id);
    expect(await idsOf()).toEqual(ids.slice(0, 25));
    expect(await idsOf('?skip=2&take=3')).toEqual(ids.slice(2, 5));
    expect(await idsOf('?take=1000')).toEqual(ids.slice(0, 100));
    expect(await idsOf('?skip=100')).toEqual(ids.slice(100));
    expect(await idsOf('?skip=102')).toEqual([]);
  });

  test('of large jobs goes out job by job', async () => {
    for (const letter of 'abc') await start(letter.repeat(100_000));
    const shown = (await list('?take=3')) as unknown as { programExecutionInfo: { arguments: string[] } }[];
    expect(shown.map((job) => job.programExecutionInfo.arguments[0]?.[99_999])).toEqual(['c', 'b', 'a']);
  });
});

test('jobs of other faces are shown like those of this one', async () => {
  const caller = { owner: 'ann', parameters: [], type: 'import', state: 'created' } as const;
  const made = { id: 'THEIR-OWN:id', group: 'run', program: 'x', arguments: [], targets: ['t'], created: 1 };
  await room.store.jobs.insert({ ...made, ...caller });
  expect(await get('THEIR-OWN:id')).toMatchObject({ id: 'THEIR-OWN:id', type: 'ExecuteCommonProgram' });
});

test('a HEAD of a job has the length of the answer and no body', async () => {
  const id = await room.start();
  const answer = await room.ask('HEAD', `/asyncJobs/${id}`);
  expect(answer.text).toBe('');
  expect(answer.headers.get('content-length')).toBe(
    String((await room.ask('GET', `/asyncJobs/${id}`)).text.length),
  );
});
