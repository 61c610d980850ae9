import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Batches } from '../../src/core/batches.ts';
import type { Caller } from '../../src/core/caller.ts';
import type { Job } from '../../src/core/job.ts';
import { Jobs } from '../../src/core/jobs.ts';
import type { Submission } from '../../src/core/submission.ts';
import { moduleProgram } from '../support/module-program.ts';
import { ANN, BOB, type Core, coreUnderTest, ROOT } from './core-under-test.ts';

const CATALOGUE = new Map([['walk', moduleProgram('walk', '/walk.js')]]);
const UNKNOWN = 'no-such-job';

const signal = { queued: vi.fn<() => void>(), cancelling: vi.fn<(jobId: string) => void>() };

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

async function submitRunning(caller: Caller = ANN) {
  const id = await submit(caller);
  return { id, claimed: await core.claim(id) };
}

async function submitFinished(
  caller: Caller = ANN,
  state: 'completed' | 'failed' = 'completed',
): Promise<string> {
  const { id, claimed } = await submitRunning(caller);
  await core.finish(claimed, state);
  return id;
}

async function stateOf(id: string) {
  return (await core.store.jobs.find(id))?.state;
}

async function idsOf(listed: Promise<Batches<Job>>): Promise<string[]> {
  const batches = await listed;
  if (Array.isArray(batches)) return batches.map(({ id }) => id);
  const ids: string[] = [];
  for await (const batch of batches as AsyncIterable<readonly Job[]>) ids.push(...batch.map(({ id }) => id));
  return ids;
}

const coded = (code: string) => expect.objectContaining({ code });
const NOT_FOUND = coded('JOB_NOT_FOUND');

describe('a submission', () => {
  test('queues the job under a lower-case GUID of its own', async () => {
    const id = await submit(ANN, {
      group: 'nightly',
      arguments: ['300', 1, null, { deep: [true] }],
      targets: ['a', 'b'],
    });
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(await jobs.findWithTargets(ANN, id)).toMatchObject({
      id,
      group: 'nightly',
      program: 'walk',
      owner: 'ann',
      state: 'queued',
      targets: ['a', 'b'],
      percentages: [],
      attempt: 0,
      workerId: null,
      comment: null,
      created: core.clock(),
      started: null,
      completed: null,
    });
    expect((await core.claim(id)).arguments).toEqual(['300', 1, null, { deep: [true] }]);
  });

  test('tells the worker of this process', async () => {
    await submit();
    expect(signal.queued).toHaveBeenCalledOnce();
  });

  test.each([[null], ['']])('without a group (%j) is a group of its own', async (group) => {
    const id = await submit(ANN, { group });
    expect((await jobs.find(ANN, id))?.group).toBe(id);
  });

  test.each([
    ['an unknown program', { program: 'Walk' }, 'PROGRAM_NOT_FOUND', 'there is no program named "Walk"'],
    ['a program that every object has', { program: 'constructor' }, 'PROGRAM_NOT_FOUND', /constructor/],
    ['no program', { program: '' }, 'PROGRAM_NOT_FOUND', 'there is no program named ""'],
    [
      'a group too long',
      { group: 'x'.repeat(65) },
      'INVALID_ARGUMENT',
      'the job group must be at most 64 characters',
    ],
    [
      'a target too long',
      { targets: ['a', 'x'.repeat(257)] },
      'INVALID_ARGUMENT',
      'target 2 must be at most 256 characters',
    ],
    [
      'a control character in a target',
      { targets: ['a\u0085'] },
      'INVALID_ARGUMENT',
      'target 1 must not contain control characters',
    ],
    [
      'an argument of more than 1 MiB',
      { arguments: ['', 'x'.repeat(1_048_577)] },
      'INVALID_ARGUMENT',
      'argument 2 must be at most 1048576 characters',
    ],
    [
      'arguments of more than 7 MiB together',
      { arguments: Array.from({ length: 4 }, () => '"'.repeat(1_000_000)) },
      'INVALID_ARGUMENT',
      'the arguments and targets together must be at most 7340032 bytes of JSON',
    ],
  ])('with %s is refused, and nothing is stored', async (_, how, code, message) => {
    await expect(submit(ANN, how)).rejects.toMatchObject({
      code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    expect(await idsOf(jobs.list(ANN, { everybody: false, held: false }))).toEqual([]);
    expect(signal.queued).not.toHaveBeenCalled();
  });

  test('of a program with a very long name is told a part of it, cut between characters', async () => {
    const error = await submit(ANN, { program: `x${'\u{1F511}'.repeat(1_000)}` }).catch((thrown) => thrown);
    expect(error.message.length).toBeLessThan(200);
    expect(error.message.isWellFormed()).toBe(true);
  });
});

describe("somebody else's job", () => {
  const ACTIONS: readonly (readonly [string, (caller: Caller, id: string) => Promise<unknown>])[] = [
    ['killed', (caller, id) => jobs.kill(caller, id)],
    ['commented', (caller, id) => jobs.setComment(caller, id, 'mine now')],
    ['deleted', (caller, id) => jobs.remove(caller, id)],
  ];

  test.each(ACTIONS)('cannot be %s: it is told like one that does not exist', async (_, act) => {
    const id = await submitFinished(ANN);
    for (const asked of [id, UNKNOWN]) {
      await expect(act(BOB, asked)).rejects.toMatchObject({
        code: 'JOB_NOT_FOUND',
        message: `there is no job ${asked}`,
      });
    }
    expect(await jobs.find(ANN, id)).toMatchObject({ state: 'completed', comment: null });
  });

  test('is not found, with or without targets', async () => {
    const id = await submit(ANN);
    expect(await jobs.find(BOB, id)).toBeUndefined();
    expect(await jobs.findWithTargets(BOB, id)).toBeUndefined();
  });

  test('is open to an administrator', async () => {
    const id = await submit(ANN);
    expect(await jobs.find(ROOT, id)).toMatchObject({ owner: 'ann' });
    await jobs.setComment(ROOT, id, 'seen');
    await jobs.kill(ROOT, id);
    await jobs.remove(ROOT, id);
    expect(await jobs.find(ANN, id)).toBeUndefined();
  });
});

describe.each([
  ['find', (id: string) => jobs.find(ANN, id)],
  ['findWithTargets', (id: string) => jobs.findWithTargets(ANN, id)],
  ['kill', (id: string) => jobs.kill(ANN, id)],
  ['setComment', (id: string) => jobs.setComment(ANN, id, null)],
  ['remove', (id: string) => jobs.remove(ANN, id)],
])('%s', (_, act) => {
  test.each([
    ['an empty id', '', 'the job id is missing'],
    ['an id too long', 'x'.repeat(65), /^the job id must be 1 to 64/],
    ['an id with a space', 'a b', /^the job id must be 1 to 64/],
  ])('refuses %s', async (_what, id, message) => {
    await expect(act(id)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });
});

describe('kill', () => {
  test('ends a queued job at once, and no worker gets it', async () => {
    const id = await submit();
    core.pass(5);
    await jobs.kill(ANN, id);
    expect(await jobs.find(ANN, id)).toMatchObject({ state: 'cancelled', completed: core.clock() });
    await expect(core.claim(id)).rejects.toThrow('was not there');
    expect(signal.cancelling).not.toHaveBeenCalled();
  });

  test('has a running job stopped by its worker, which is told', async () => {
    const { id } = await submitRunning();
    await jobs.kill(ANN, id);
    expect(await jobs.find(ANN, id)).toMatchObject({ state: 'cancelling', completed: null });
    expect(signal.cancelling).toHaveBeenCalledExactlyOnceWith(id);
  });

  test('may be asked for again until the job has ended', async () => {
    const { id, claimed } = await submitRunning();
    for (let time = 0; time < 3; time += 1) await jobs.kill(ANN, id);
    await core.finish(claimed, 'cancelled');
    await expect(jobs.kill(ANN, id)).rejects.toThrow(coded('JOB_ALREADY_FINISHED'));
  });

  test.each(['completed', 'failed'] as const)('is too late for a job that has %s', async (state) => {
    const id = await submitFinished(ANN, state);
    await expect(jobs.kill(ANN, id)).rejects.toThrow(coded('JOB_ALREADY_FINISHED'));
    expect(await stateOf(id)).toBe(state);
  });

  test('is too late for a job that was queued when it was killed', async () => {
    const id = await submit();
    await jobs.kill(ANN, id);
    await expect(jobs.kill(ANN, id)).rejects.toThrow(coded('JOB_ALREADY_FINISHED'));
  });

  test('loses against a job that ends in the same moment', async () => {
    const { id, claimed } = await submitRunning();
    afterNextFind(() => core.finish(claimed));
    await expect(jobs.kill(ANN, id)).rejects.toThrow(coded('JOB_ALREADY_FINISHED'));
    expect(await stateOf(id)).toBe('completed');
  });

  test('finds a job that is deleted in the same moment gone', async () => {
    const { id, claimed } = await submitRunning();
    afterNextFind(async () => {
      await core.finish(claimed);
      await core.store.jobs.remove(id);
    });
    await expect(jobs.kill(ANN, id)).rejects.toThrow(NOT_FOUND);
  });
});

describe('a comment', () => {
  test('is set, replaced and cleared, in any state', async () => {
    for (const id of [await submit(), await submitFinished()]) {
      for (const comment of ['first', '', '\u{1D11E}'.repeat(1_024), null]) {
        core.pass(1);
        await jobs.setComment(ANN, id, comment);
        expect(await jobs.find(ANN, id)).toMatchObject({ comment, updated: core.clock() });
      }
    }
  });

  test('of 1,025 characters is refused', async () => {
    const id = await submit();
    await expect(jobs.setComment(ANN, id, '\u{1D11E}'.repeat(1_025))).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: 'the comment must be at most 1024 characters',
    });
  });

  test('on a job deleted in the same moment finds it gone', async () => {
    const id = await submitFinished();
    afterNextFind(() => core.store.jobs.remove(id));
    await expect(jobs.setComment(ANN, id, 'late')).rejects.toThrow(NOT_FOUND);
  });
});

describe('remove', () => {
  test.each(['completed', 'failed'] as const)('deletes a job that has %s', async (state) => {
    const id = await submitFinished(ANN, state);
    await jobs.remove(ANN, id);
    expect(await jobs.find(ANN, id)).toBeUndefined();
    await expect(jobs.remove(ANN, id)).rejects.toThrow(NOT_FOUND);
  });

  test('deletes a cancelled job', async () => {
    const id = await submit();
    await jobs.kill(ANN, id);
    await jobs.remove(ANN, id);
    expect(await jobs.find(ANN, id)).toBeUndefined();
  });

  test('leaves a job that has not finished', async () => {
    const queued = await submit();
    const { id: running } = await submitRunning();
    const { id: cancelling } = await submitRunning();
    await jobs.kill(ANN, cancelling);
    for (const id of [queued, running, cancelling]) {
      await expect(jobs.remove(ANN, id)).rejects.toMatchObject({
        code: 'JOB_NOT_FINISHED',
        message: `job ${id} has not finished`,
      });
      expect(await jobs.find(ANN, id)).toBeDefined();
    }
  });

  test('by two at once succeeds for one', async () => {
    const id = await submitFinished();
    const answers = await Promise.allSettled([jobs.remove(ANN, id), jobs.remove(ANN, id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a list', () => {
  test('shows the caller’s own jobs of every state in order of insertion', async () => {
    const finished = await submitFinished();
    await submit(BOB);
    const killed = await submit();
    await jobs.kill(ANN, killed);
    const queued = await submit();
    expect(await idsOf(jobs.list(ANN, { everybody: false, held: false }))).toEqual([
      finished,
      killed,
      queued,
    ]);
  });

  test('of those that workers hold shows running and cancelling ones', async () => {
    await submitFinished();
    const { id: running } = await submitRunning();
    const { id: cancelling } = await submitRunning();
    await jobs.kill(ANN, cancelling);
    await submit();
    expect(await idsOf(jobs.list(ANN, { everybody: false, held: true }))).toEqual([running, cancelling]);
  });

  test.each([true, false])('of everybody’s jobs is for administrators (held: %s)', async (held) => {
    await submitRunning(ANN);
    await submitRunning(BOB);
    await expect(jobs.list(ANN, { everybody: true, held })).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      message: 'only an administrator may list the jobs of all users',
    });
    expect(await idsOf(jobs.list(ROOT, { everybody: true, held }))).toHaveLength(2);
    expect(await idsOf(jobs.list(ROOT, { everybody: false, held }))).toEqual([]);
  });

  test('of none is empty', async () => {
    expect(await jobs.list(ANN, { everybody: false, held: false })).toEqual([]);
  });

  test('longer than a batch is complete and in order', async () => {
    const submitted: string[] = [];
    for (let job = 0; job < 1_001; job += 1) submitted.push(await submit());
    expect(await idsOf(jobs.list(ANN, { everybody: false, held: false }))).toEqual(submitted);
  });
});

/** What happens between a use case's look at the job and its deed. */
function afterNextFind(happen: () => Promise<unknown>) {
  const { jobs: store } = core.store;
  const find = store.find.bind(store);
  vi.spyOn(store, 'find').mockImplementationOnce(async (id) => {
    const job = await find(id);
    await happen();
    return job;
  });
}
