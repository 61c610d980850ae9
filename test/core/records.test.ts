import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Batches } from '../../src/core/batches.ts';
import type { Caller } from '../../src/core/caller.ts';
import { Jobs } from '../../src/core/jobs.ts';
import type { RecordPage } from '../../src/core/record-store.ts';
import { type RecordInput, Records } from '../../src/core/records.ts';
import type { StatusRecord } from '../../src/core/status-record.ts';
import { moduleProgram } from '../support/module-program.ts';
import { ANN, BOB, type Core, coreUnderTest, ROOT } from './core-under-test.ts';

const CATALOGUE = new Map([['walk', moduleProgram('walk', '/walk.js')]]);
const FOREIGN = 'an-operation-run-elsewhere';
const ALL = { offset: 0, max: -1 };

let core: Core;
let jobs: Jobs;
let records: Records;

beforeEach(async () => {
  core = await coreUnderTest();
  jobs = new Jobs(core.store.jobs, CATALOGUE, core.clock, { queued() {}, cancelling() {} });
  records = new Records(core.store.records, core.store.jobs, core.clock);
});

afterEach(() => core.close());

function submit(caller: Caller, group: string | null = null): Promise<string> {
  return jobs.submit(caller, { group, program: 'walk', arguments: [], targets: [] });
}

function add(caller: Caller, how: Partial<RecordInput>): Promise<StatusRecord> {
  return records.add(caller, {
    jobId: FOREIGN,
    group: null,
    targetId: 't',
    errorCode: 0,
    errorMessage: null,
    ...how,
  });
}

async function itemsOf({ items }: RecordPage): Promise<StatusRecord[]> {
  const batches: Batches<StatusRecord> = items;
  if (Array.isArray(batches)) return batches;
  const all: StatusRecord[] = [];
  for await (const batch of batches as AsyncIterable<readonly StatusRecord[]>) all.push(...batch);
  return all;
}

const targetsOf = async (page: RecordPage) => (await itemsOf(page)).map(({ targetId }) => targetId);
const coded = (code: string) => expect.objectContaining({ code });
const NOT_FOUND = coded('JOB_NOT_FOUND');

describe('a record', () => {
  test('is returned as it is stored and listed', async () => {
    const jobId = await submit(ANN, 'nightly');
    const stored = await add(ANN, { jobId, targetId: ' 一 ', errorCode: -7, errorMessage: 'no\nanswer' });
    expect(stored).toEqual({
      recordId: expect.stringMatching(/./),
      jobId,
      group: 'nightly',
      targetId: ' 一 ',
      errorCode: -7,
      errorMessage: 'no\nanswer',
      username: 'ann',
      created: core.clock(),
    });
    expect(await itemsOf(await records.listByJob(jobId, ALL))).toEqual([stored]);
    expect(await itemsOf(await records.listByGroup('nightly', ALL))).toEqual([stored]);
  });

  test.each([[null], [''], ['another']])(
    'of a known job goes to the job’s group, whatever it says (%j)',
    async (group) => {
      const jobId = await submit(ANN, 'nightly');
      expect((await add(ANN, { jobId, group })).group).toBe('nightly');
      expect((await records.listByGroup('another', ALL)).total).toBe(0);
    },
  );

  test.each([
    [null, FOREIGN],
    ['', FOREIGN],
    ['another', 'another'],
  ])('of an unknown job that says its group is %j goes to %s', async (group, expected) => {
    expect((await add(ANN, { group })).group).toBe(expected);
  });

  test('says who added it, not whose job it is', async () => {
    const jobId = await submit(ANN);
    expect((await add(ROOT, { jobId })).username).toBe('admin');
  });

  test('may be added to a job in any state', async () => {
    const jobId = await submit(ANN);
    await add(ANN, { jobId });
    const claimed = await core.claim(jobId);
    await add(ANN, { jobId });
    await core.finish(claimed);
    await add(ANN, { jobId });
    expect((await records.listByJob(jobId, ALL)).total).toBe(3);
  });

  test.each([
    ['an empty job id', { jobId: '' }, 'the job id is missing'],
    ['a job id too long', { jobId: 'x'.repeat(65) }, /^the job id must be 1 to 64/],
    ['a group too long', { group: 'x'.repeat(65) }, 'the job group must be at most 64 characters'],
    [
      'a control character in its group',
      { group: 'a\u007F' },
      'the job group must not contain control characters',
    ],
    [
      'a target too long',
      { targetId: '\u{1D11E}'.repeat(257) },
      'the target id must be at most 256 characters',
    ],
    [
      'a message too long',
      { errorMessage: 'x'.repeat(131_073) },
      'the error message must be at most 131072 characters',
    ],
  ])('with %s is refused, and nobody owns the job by that', async (_, how, message) => {
    await expect(add(ANN, how)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    await expect(add(BOB, {})).resolves.toMatchObject({ username: 'bob' });
  });

  test('may have the longest message there can be', async () => {
    const errorMessage = '\u{1D11E}'.repeat(131_072);
    expect((await add(ANN, { errorMessage })).errorMessage).toBe(errorMessage);
    const [listed] = await itemsOf(await records.listByJob(FOREIGN, ALL));
    expect(listed?.errorMessage === errorMessage).toBe(true);
  });
});

describe('who may add', () => {
  test('to a job is its owner or an administrator; to others it does not exist', async () => {
    const jobId = await submit(ANN);
    await add(ANN, { jobId });
    await add(ROOT, { jobId });
    await expect(add(BOB, { jobId })).rejects.toMatchObject({
      code: 'JOB_NOT_FOUND',
      message: `there is no job ${jobId}`,
    });
    expect((await records.listByJob(jobId, ALL)).total).toBe(2);
  });

  test('to a job run elsewhere is who was first, and administrators', async () => {
    await add(ANN, {});
    await add(ANN, {});
    await add(ROOT, {});
    await expect(add(BOB, {})).rejects.toThrow(NOT_FOUND);
    expect((await records.listByJob(FOREIGN, ALL)).total).toBe(3);
  });

  test('to a job run elsewhere is one user, of two who come first at once', async () => {
    const answers = await Promise.allSettled([add(ANN, {}), add(BOB, {}), add(ANN, {}), add(BOB, {})]);
    const added = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.username] : []));
    expect(added).toHaveLength(2);
    expect(new Set(added).size).toBe(1);
  });

  test('nothing to a job deleted in the same moment', async () => {
    const jobId = await submit(ANN);
    await core.finish(await core.claim(jobId));
    const adding = add(ANN, { jobId });
    const removing = jobs.remove(ANN, jobId);
    const [added] = await Promise.allSettled([adding, removing]);
    if (added.status === 'rejected') expect(added.reason).toEqual(NOT_FOUND);
    expect((await records.listByJob(jobId, ALL)).total).toBe(0);
  });
});

describe('a list', () => {
  beforeEach(async () => {
    const one = await submit(ANN, 'group');
    const two = await submit(BOB, 'group');
    await add(ANN, { jobId: one, targetId: '1' });
    await add(BOB, { jobId: two, targetId: '2' });
    await add(ANN, { jobId: one, targetId: '3' });
    await add(BOB, { jobId: two, targetId: '4' });
  });

  test.each([
    [0, -1, ['1', '2', '3', '4']],
    [0, 4, ['1', '2', '3', '4']],
    [0, 2, ['1', '2']],
    [1, 2, ['2', '3']],
    [3, 2, ['4']],
    [4, 2, []],
    [5, -1, []],
    [2_147_483_647, 2_147_483_647, []],
    [0, 0, []],
    [2, -1, ['3', '4']],
    [1, 2_147_483_647, ['2', '3', '4']],
  ])('from %d, at most %d, has the total and %j in order of insertion', async (offset, max, targets) => {
    const page = await records.listByGroup('group', { offset, max });
    expect(page.total).toBe(4);
    expect(await targetsOf(page)).toEqual(targets);
  });

  test.each([
    [-1, 10, 'offset must be 0 or more, not -1'],
    [-2_147_483_648, 10, 'offset must be 0 or more, not -2147483648'],
    [0, -2, 'max must be -1 (all), 0 or more, not -2'],
    [-1, -2, 'offset must be 0 or more, not -1'],
  ])('from %d, at most %d, is refused', async (offset, max, message) => {
    const refusal = expect.objectContaining({ code: 'INVALID_PAGINATION', message });
    await expect(records.listByGroup('group', { offset, max })).rejects.toThrow(refusal);
    await expect(records.listByJob(FOREIGN, { offset, max })).rejects.toThrow(refusal);
  });

  test('of an unknown job or group is empty', async () => {
    for (const page of [await records.listByJob('unknown', ALL), await records.listByGroup('unknown', ALL)]) {
      expect(page.total).toBe(0);
      expect(await itemsOf(page)).toEqual([]);
    }
  });

  test.each([
    ['job', () => records.listByJob('', ALL), 'the job id is missing'],
    ['group', () => records.listByGroup('', ALL), 'the job group is missing'],
    ['job too long', () => records.listByJob('x'.repeat(65), ALL), /^the job id must be 1 to 64/],
    [
      'group too long',
      () => records.listByGroup('x'.repeat(65), ALL),
      'the job group must be at most 64 characters',
    ],
  ])('of no possible %s is refused', async (_, list, message) => {
    await expect(list()).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  test('tells groups apart that differ in case, accents and spaces at the end only', async () => {
    const groups = ['Group', 'group ', 'gróup', 'GROUP'];
    for (const group of groups)
      await add(ANN, { jobId: `job-of-${groups.indexOf(group)}`, group, targetId: group });
    for (const group of groups)
      expect(await targetsOf(await records.listByGroup(group, ALL))).toEqual([group]);
    expect((await records.listByGroup('group', ALL)).total).toBe(4);
  });

  test('loses a deleted job’s records, and its total and offsets stay true', async () => {
    const job = await submit(ANN, 'group');
    await add(ANN, { jobId: job, targetId: 'gone' });
    await jobs.kill(ANN, job);
    const last = await submit(ANN, 'group');
    await add(ANN, { jobId: last, targetId: '5' });
    await jobs.remove(ANN, job);

    expect((await records.listByJob(job, ALL)).total).toBe(0);
    const page = await records.listByGroup('group', { offset: 3, max: 2 });
    expect(page.total).toBe(5);
    expect(await targetsOf(page)).toEqual(['4', '5']);
  });

  test('longer than a batch is complete and in order', async () => {
    const targets = Array.from({ length: 2_100 }, (_, at) => String(at));
    await Promise.all(targets.map((targetId) => add(ANN, { targetId })));
    expect(await targetsOf(await records.listByJob(FOREIGN, ALL))).toEqual(targets);
    expect(await targetsOf(await records.listByJob(FOREIGN, { offset: 1_500, max: 3 }))).toEqual([
      '1500',
      '1501',
      '1502',
    ]);
  });
});
