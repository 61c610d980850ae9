import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Jobs } from '../../src/core/jobs.ts';
import type { ScheduleRequest } from '../../src/core/schedule-request.ts';
import { Schedules } from '../../src/core/schedules.ts';
import { CRONER_TIMES } from '../../src/scheduler/croner-times.ts';
import { moduleProgram } from '../support/module-program.ts';
import { ANN, BOB, type Core, coreUnderTest, ROOT } from './core-under-test.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const HOUR = 3_600_000;
const RUN = { respectHold: true };

let core: Core;
let schedules: Schedules;
let jobs: Jobs;
let queued: number;

beforeEach(async () => {
  core = await coreUnderTest();
  queued = 0;
  const programs = new Map([
    ['walk', moduleProgram('walk', '/walk.js')],
    ['hidden', { ...moduleProgram('hidden', '/hidden.js'), published: false }],
  ]);
  const signal = {
    queued() {
      queued += 1;
    },
    cancelling() {},
  };
  const { clock, store } = core;
  jobs = new Jobs(store.jobs, programs, clock, signal);
  schedules = new Schedules({
    schedules: store.schedules,
    jobs: store.jobs,
    programs,
    cron: CRONER_TIMES,
    clock,
    signal,
  });
});
afterEach(() => core.close());

/** Each full hour in Berlin, unless told otherwise. */
function request(more: Partial<ScheduleRequest> = {}): ScheduleRequest {
  return {
    name: 'nightly',
    description: 'Every night.',
    type: 'etl',
    program: 'walk',
    arguments: [1],
    cron: '0 * * * *',
    timeZone: 'Europe/Berlin',
    ...more,
  };
}

describe('a schedule', () => {
  test("is its maker's, active, and due at the next time of its expression", async () => {
    const id = await schedules.create(ANN, request());
    const { arguments: _, ...fields } = request();
    expect(await schedules.get(id)).toEqual({
      ...fields,
      id,
      owner: 'ann',
      state: 'active',
      removed: false,
      nextRun: core.clock() + HOUR,
      lastRun: null,
      created: core.clock(),
    });
  });

  test('without an expression is never due', async () => {
    const id = await schedules.create(ANN, request({ cron: null }));
    expect(await schedules.get(id)).toMatchObject({ cron: null, nextRun: null });
  });

  test.each<[string, Partial<ScheduleRequest>, string]>([
    ['a name', { name: '' }, 'INVALID_ARGUMENT'],
    ['a shorter name', { name: 'x'.repeat(256) }, 'INVALID_ARGUMENT'],
    ['a name without control characters', { name: 'a\nb' }, 'INVALID_ARGUMENT'],
    ['a shorter description', { description: 'x'.repeat(4_097) }, 'INVALID_ARGUMENT'],
    ['a program of the catalogue', { program: 'jump' }, 'PROGRAM_NOT_FOUND'],
    ['a published program', { program: 'hidden' }, 'PROGRAM_NOT_FOUND'],
    ['an expression that can be read', { cron: '61 * * * *' }, 'INVALID_ARGUMENT'],
    ['a time zone', { timeZone: 'Mars/Base' }, 'INVALID_ARGUMENT'],
    ['a smaller payload', { arguments: ['x'.repeat(1_048_576)] }, 'INVALID_ARGUMENT'],
    ['parameters with names', { parameters: [{ name: '', value: '' }] }, 'INVALID_ARGUMENT'],
  ])('must have %s', async (_, wrong, code) => {
    await expect(schedules.create(ANN, request(wrong))).rejects.toMatchObject({ code });
    expect(await schedules.find({ match: 'contains', value: '' })).toEqual([]);
  });

  test('is there for every user: found by its name, listed by its maker', async () => {
    const id = await schedules.create(ANN, request());
    expect(await schedules.find({ match: 'equals', value: 'NIGHTLY' })).toMatchObject([{ id }]);
    expect(await schedules.listOf('ann')).toMatchObject([{ id }]);
    expect(await schedules.listOf('bob')).toEqual([]);
  });
});

describe('a run by hand', () => {
  test("is the caller's: an execution whose group has one job, and the worker is told", async () => {
    const id = await schedules.create(ANN, request());
    const execution = await schedules.run(BOB, id, RUN);
    expect(await schedules.execution(BOB, execution)).toMatchObject({
      execution: { id: execution, scheduleId: id, owner: 'bob', trigger: 'demand' },
      schedule: { id, lastRun: core.clock(), nextRun: core.clock() + HOUR },
      jobs: [{ owner: 'bob', group: execution, program: 'walk', state: 'queued' }],
    });
    expect(queued).toBe(1);
  });

  test('of a held schedule is refused only where the hold is respected', async () => {
    const id = await schedules.create(ANN, request());
    await schedules.suspend(id);
    await expect(schedules.run(ANN, id, RUN)).rejects.toMatchObject({ code: 'SCHEDULE_ON_HOLD' });
    expect(queued).toBe(0);
    await schedules.run(ANN, id, { respectHold: false });
    expect(queued).toBe(1);
  });

  test('of a job that is run again stays one execution', async () => {
    const id = await schedules.create(ANN, request());
    const execution = await schedules.run(ANN, id, RUN);
    const [first] = (await schedules.execution(ANN, execution)).jobs;
    await jobs.retry(ANN, first?.id ?? '');
    expect((await schedules.execution(ANN, execution)).jobs).toHaveLength(2);
  });
});

describe('a hold', () => {
  test('takes the next run away, and what was due meanwhile is not made up for', async () => {
    const id = await schedules.create(ANN, request());
    expect(await schedules.suspend(id)).toMatchObject({ state: 'held', nextRun: null });
    core.pass(3 * HOUR + 1);
    const resumed = await schedules.resume(ROOT, id);
    expect(resumed).toMatchObject({ state: 'active', nextRun: core.clock() - 1 + HOUR });
  });

  test('is ended by an administrator only', async () => {
    const id = await schedules.create(ANN, request());
    await schedules.suspend(id);
    await expect(schedules.resume(ANN, id)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await schedules.get(id)).toMatchObject({ state: 'held' });
  });
});

describe('a removed schedule', () => {
  test('is gone, but its executions stay and have its name', async () => {
    const id = await schedules.create(ANN, request());
    const execution = await schedules.run(ANN, id, RUN);
    expect(await schedules.remove(id)).toMatchObject({ id, name: 'nightly' });
    expect(await schedules.find({ match: 'contains', value: '' })).toEqual([]);
    expect(await schedules.executions(ANN, id)).toMatchObject([{ id: execution }]);
    expect((await schedules.execution(ANN, execution)).schedule).toMatchObject({
      name: 'nightly',
      removed: true,
    });
    expect(await schedules.scheduleOf(execution)).toMatchObject({ name: 'nightly' });
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['got', (id) => schedules.get(id)],
    ['run', (id) => schedules.run(ANN, id, RUN)],
    ['suspended', (id) => schedules.suspend(id)],
    ['resumed', (id) => schedules.resume(ROOT, id)],
    ['removed', (id) => schedules.remove(id)],
  ])('cannot be %s, and neither can an unknown one', async (_, attempt) => {
    const id = await schedules.create(ANN, request());
    await schedules.remove(id);
    await expect(attempt(id)).rejects.toMatchObject({ code: 'SCHEDULE_NOT_FOUND' });
    await expect(attempt(UNKNOWN)).rejects.toMatchObject({ code: 'SCHEDULE_NOT_FOUND' });
  });
});

describe('executions', () => {
  test('are for who ran them, and for administrators', async () => {
    const id = await schedules.create(ANN, request());
    const execution = await schedules.run(ANN, id, RUN);
    for (const [caller, count] of [
      [ANN, 1],
      [BOB, 0],
      [ROOT, 1],
    ] as const) {
      expect(await schedules.executions(caller, id)).toHaveLength(count);
    }
    expect(await schedules.execution(ROOT, execution)).toMatchObject({ execution: { id: execution } });
    await expect(schedules.execution(BOB, execution)).rejects.toMatchObject({ code: 'EXECUTION_NOT_FOUND' });
    await expect(schedules.execution(ANN, UNKNOWN)).rejects.toMatchObject({ code: 'EXECUTION_NOT_FOUND' });
  });

  test('of an unknown schedule are none that could be listed', async () => {
    await expect(schedules.executions(ANN, UNKNOWN)).rejects.toMatchObject({ code: 'SCHEDULE_NOT_FOUND' });
  });

  test("hide other users' jobs that carry their group", async () => {
    const id = await schedules.create(ANN, request());
    const execution = await schedules.run(ANN, id, RUN);
    await jobs.submit(BOB, { group: execution, program: 'walk', arguments: [], targets: [] });
    expect((await schedules.execution(ANN, execution)).jobs).toHaveLength(1);
    expect((await schedules.execution(ROOT, execution)).jobs).toHaveLength(2);
  });

  test('are also the job groups that no schedule has begun, for whose jobs they are', async () => {
    const job = { program: 'walk', arguments: [], targets: [] };
    const id = await jobs.submit(ANN, { ...job, group: 'by hand, 1' });
    for (const caller of [ANN, ROOT]) {
      expect(await schedules.execution(caller, 'by hand, 1')).toEqual({
        jobs: [expect.objectContaining({ id })],
      });
    }
    await expect(schedules.execution(BOB, 'by hand, 1')).rejects.toMatchObject({
      code: 'EXECUTION_NOT_FOUND',
    });
  });

  test('of somebody else show a user the jobs that it has in their group', async () => {
    const execution = await schedules.run(ANN, await schedules.create(ANN, request()), RUN);
    const id = await jobs.submit(BOB, { group: execution, program: 'walk', arguments: [], targets: [] });
    expect((await schedules.execution(BOB, execution)).jobs.map((job) => job.id)).toEqual([id]);
  });

  test('are no schedule where a job group is none of them', async () => {
    expect(await schedules.scheduleOf('some group')).toBeUndefined();
  });
});

test.each([[{ skip: -1, take: 1 }], [{ skip: 0, take: -1 }]])(
  'no list begins or ends at %o',
  async (range) => {
    const search = { match: 'contains', value: '' } as const;
    await expect(schedules.find(search, range)).rejects.toMatchObject({ code: 'INVALID_PAGINATION' });
  },
);

test('a search value longer than any name is refused', async () => {
  const search = { match: 'equals', value: 'x'.repeat(256) } as const;
  await expect(schedules.find(search)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
});
