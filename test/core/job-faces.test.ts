import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Caller } from '../../src/core/caller.ts';
import { Jobs } from '../../src/core/jobs.ts';
import type { Submission } from '../../src/core/submission.ts';
import { moduleProgram } from '../support/module-program.ts';
import { ANN, BOB, type Core, coreUnderTest, ROOT } from './core-under-test.ts';

const CATALOGUE = new Map([
  ['walk', moduleProgram('walk', '/walk.js')],
  ['load', { ...moduleProgram('load', '/load.js'), type: 'import' as const }],
  ['draft', { ...moduleProgram('draft', '/draft.js'), published: false }],
]);
const ALL = { skip: 0, take: 100 };
const signal = { queued: vi.fn(), cancelling: vi.fn() };

let core: Core;
let jobs: Jobs;

beforeEach(async () => {
  vi.clearAllMocks();
  core = await coreUnderTest();
  jobs = new Jobs(core.store.jobs, CATALOGUE, core.clock, signal);
});

afterEach(() => core.close());

function submit(caller: Caller = ANN, how: Partial<Submission> = {}): Promise<string> {
  return jobs.submit(caller, { group: null, program: 'walk', arguments: [], targets: [], ...how });
}

const AMENDMENT = { program: 'load', type: 'import', parameters: [], state: 'queued' } as const;

describe('the type of a job', () => {
  test('is what the submission says', async () => {
    expect(await jobs.find(ANN, await submit(ANN, { program: 'load', type: 'export' }))).toMatchObject({
      type: 'export',
    });
  });

  test('else what its program declares, else none of Web3’s', async () => {
    expect(await jobs.find(ANN, await submit(ANN, { program: 'load' }))).toMatchObject({ type: 'import' });
    expect(await jobs.find(ANN, await submit())).toMatchObject({ type: 'program' });
  });
});

describe('a program that is not there', () => {
  test.each(['none', 'draft'])('is refused where a room refuses it: %s', async (program) => {
    await expect(submit(ANN, { program })).rejects.toMatchObject({ code: 'PROGRAM_NOT_FOUND' });
  });

  test.each(['none', 'draft'])('makes a job where a room lets it fail: %s', async (program) => {
    const id = await jobs.submit(ANN, { group: null, program, arguments: [], targets: [] }, 'fails');
    expect(await jobs.find(ANN, id)).toMatchObject({ program, state: 'queued' });
  });

  test('must still have a name that can be stored', async () => {
    const program = 'p'.repeat(256);
    await expect(
      jobs.submit(ANN, { group: null, program, arguments: [], targets: [] }, 'fails'),
    ).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

describe('parameters', () => {
  test('are kept in their order', async () => {
    const parameters = [
      { name: 'b', value: '1' },
      { name: 'a', value: '' },
    ];
    const id = await submit(ANN, { parameters });
    expect(await jobs.findDetail(ANN, id)).toMatchObject({ parameters });
  });

  test.each([
    ['without a name', [{ name: '', value: 'x' }], 'a parameter has no name'],
    [
      'twice of a name',
      [
        { name: 'a', value: 'x' },
        { name: 'a', value: 'y' },
      ],
      'the parameter "a" is there twice',
    ],
    ['of a long name', [{ name: 'n'.repeat(256), value: '' }], 'at most 255 characters'],
    ['with a control character', [{ name: 'a\n', value: '' }], 'control characters'],
    ['too long', [{ name: 'a', value: 'v'.repeat(65_536) }], 'at most 65536 characters'],
    ['half a character', [{ name: 'a', value: '\ud800' }], 'not well-formed Unicode'],
  ])('%s are refused', async (_, parameters, message) => {
    await expect(submit(ANN, { parameters })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining(message),
    });
    expect((await jobs.page(ANN, {}, 'oldest', ALL)).total).toBe(0);
  });
});

describe('a job that was only stored', () => {
  test('wakes no worker until it is released', async () => {
    const id = await submit(ANN, { state: 'created' });
    expect(signal.queued).not.toHaveBeenCalled();
    await jobs.amend(ANN, id, AMENDMENT);
    expect(signal.queued).toHaveBeenCalledTimes(1);
    expect(await jobs.find(ANN, id)).toMatchObject({ state: 'queued', program: 'load', type: 'import' });
  });

  test.each([
    ['an unknown program', { program: 'none' }, 'PROGRAM_NOT_FOUND'],
    ['an unpublished program', { program: 'draft' }, 'PROGRAM_NOT_FOUND'],
    ['a parameter without a name', { parameters: [{ name: '', value: '' }] }, 'INVALID_ARGUMENT'],
  ])('is not changed to %s', async (_, more, code) => {
    const id = await submit(ANN, { state: 'created' });
    await expect(jobs.amend(ANN, id, { ...AMENDMENT, ...more })).rejects.toMatchObject({ code });
    expect(await jobs.find(ANN, id)).toMatchObject({ state: 'created', program: 'walk' });
  });
});

describe('once a worker has the job, or it has ended,', () => {
  test.each(['running', 'completed', 'failed'] as const)(
    'it is not changed nor taken back: %s',
    async (state) => {
      const id = await submit();
      const claimed = await core.claim(id);
      if (state !== 'running') await core.finish(claimed, state);
      const error = { code: 'JOB_TAKEN', message: expect.stringContaining(id) };
      await expect(jobs.amend(ANN, id, AMENDMENT)).rejects.toMatchObject(error);
      await expect(jobs.cancelWaiting(ANN, id)).rejects.toMatchObject(error);
      expect(await jobs.find(ANN, id)).toMatchObject({ state, program: 'walk' });
    },
  );

  test('a job that was taken back is not taken back again', async () => {
    const id = await submit();
    await jobs.cancelWaiting(ANN, id);
    await expect(jobs.cancelWaiting(ANN, id)).rejects.toMatchObject({ code: 'JOB_TAKEN' });
  });
});

describe('somebody else’s job', () => {
  test.each<[string, (id: string) => Promise<unknown>]>([
    ['changed', (id) => jobs.amend(BOB, id, AMENDMENT)],
    ['taken back', (id) => jobs.cancelWaiting(BOB, id)],
    ['marked as read', (id) => jobs.markRead(BOB, id)],
    ['run again', (id) => jobs.retry(BOB, id)],
    ['looked into', (id) => jobs.payload(BOB, id)],
    ['asked for its log', (id) => jobs.log(BOB, id, 3)],
  ])('cannot be %s', async (_, act) => {
    const id = await submit();
    await expect(act(id)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    expect(await jobs.find(ANN, id)).toMatchObject({ state: 'queued', isRead: false });
  });

  test('is on no page, except an administrator’s who asks for all', async () => {
    const id = await submit(ANN, { group: 'g' });
    expect(await jobs.page(BOB, { group: 'g' }, 'oldest', ALL)).toEqual({ total: 0, jobs: [] });
    expect(await jobs.page(ROOT, { group: 'g' }, 'oldest', ALL)).toMatchObject({ total: 1, jobs: [{ id }] });
    expect(await jobs.page(ROOT, { group: 'g', own: true }, 'oldest', ALL)).toEqual({ total: 0, jobs: [] });
  });
});

describe('a job that is run again', () => {
  test('is a new one like it, in its group and its owner’s name', async () => {
    const how = { group: 'g', arguments: ['x'], targets: ['t'], parameters: [{ name: 'n', value: 'v' }] };
    const id = await submit(ANN, how);
    const again = await jobs.retry(ROOT, id);
    expect(again).not.toBe(id);
    expect(await jobs.findDetail(ROOT, again)).toMatchObject({
      ...{ owner: 'ann', group: 'g', program: 'walk', state: 'queued', parameters: how.parameters },
    });
    expect(await jobs.payload(ANN, again)).toEqual({ arguments: ['x'], targets: ['t'], result: null });
  });

  test('has a group of its own where the first had', async () => {
    const again = await jobs.retry(ANN, await submit());
    expect(await jobs.find(ANN, again)).toMatchObject({ group: again });
  });
});

test.each([
  ['skip', { skip: -1, take: 1 }],
  ['take', { skip: 0, take: -1 }],
])('a page with a negative %s is refused by that name', async (name, range) => {
  await expect(jobs.page(ANN, {}, 'oldest', range)).rejects.toMatchObject({
    code: 'INVALID_PAGINATION',
    message: `${name} must be 0 or more, not -1`,
  });
});
