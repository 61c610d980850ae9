import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Schedule } from '../../src/core/schedule.ts';
import { DueRuns, type DueRunsOptions } from '../../src/scheduler/due-runs.ts';
import { type Core, coreUnderTest } from '../core/core-under-test.ts';
import { NO_PAYLOAD, sampleSchedule } from '../storage/sample-schedule.ts';
import { dueRunsOptions, keptLog } from './scheduler-rig.ts';

const MINUTE = 60_000;
const ALL = { skip: 0, take: 100 };

let core: Core;
let log: ReturnType<typeof keptLog>;

beforeEach(async () => {
  core = await coreUnderTest();
  log = keptLog();
});
afterEach(() => core.close());

/** One that is due each minute; the next time is the next full one. */
async function minutely(more: Partial<Schedule> = {}): Promise<Schedule> {
  const schedule = sampleSchedule({ cron: '* * * * *', nextRun: core.clock() + MINUTE, ...more });
  await core.store.schedules.insert(schedule, { ...NO_PAYLOAD, arguments: [7] });
  return schedule;
}

function look(more: Partial<DueRunsOptions> = {}) {
  const options = dueRunsOptions(core.store, { clock: core.clock, log, ...more });
  return new DueRuns(options).start(core.clock() + 1_000);
}

const executionsOf = (id: string) => core.store.schedules.listExecutions(id, undefined, ALL);
const nextRunOf = async (id: string) => (await core.store.schedules.find(id))?.nextRun;

test("a due run is a job of the schedule's owner, in the execution's group", async () => {
  const { id } = await minutely({ owner: 'ann' });
  core.pass(MINUTE);
  expect(await look()).toMatchObject({ started: 1 });
  const [execution] = await executionsOf(id);
  expect(execution).toMatchObject({ owner: 'ann', trigger: 'cron', created: core.clock() });
  const { jobs } = await core.store.jobs.page({ group: execution?.id ?? '' }, 'oldest', ALL);
  expect(jobs).toMatchObject([{ owner: 'ann', program: 'walk', type: 'import', state: 'queued' }]);
  expect(await core.store.jobs.findPayload(jobs[0]?.id ?? '')).toMatchObject({ arguments: [7] });
});

test('a run whose time has not come is not started, but waited for', async () => {
  const { id, nextRun } = await minutely();
  core.pass(MINUTE - 1);
  expect(await look()).toEqual({ started: 0, next: nextRun });
  expect(await executionsOf(id)).toEqual([]);
});

test('where nothing is due soon, the next look is when it was to be', async () => {
  await minutely();
  expect(await look()).toEqual({ started: 0, next: core.clock() + 1_000 });
});

test('a run is started once, and the next one a minute later', async () => {
  const { id } = await minutely();
  core.pass(MINUTE);
  await look();
  expect(await look()).toMatchObject({ started: 0 });
  core.pass(MINUTE);
  expect(await look()).toMatchObject({ started: 1 });
  expect(await executionsOf(id)).toHaveLength(2);
});

test('more runs than one look takes are all started, look by look', async () => {
  for (let i = 0; i < 120; i++) await minutely();
  core.pass(MINUTE);
  expect(await look()).toEqual({ started: 100, next: core.clock() });
  expect(await look()).toMatchObject({ started: 20 });
});

describe('of runs that no node was there for', () => {
  test('one is made up for, and the next is the first to come', async () => {
    const { id, nextRun } = await minutely();
    core.pass(10 * MINUTE + 500);
    expect(await look({ missed: 'once' })).toMatchObject({ started: 1 });
    expect(await executionsOf(id)).toHaveLength(1);
    expect(await nextRunOf(id)).toBe((nextRun ?? 0) + 10 * MINUTE);
    expect(log.lines).toEqual([['warn', 'a run was missed: no node was there for it']]);
  });

  test('none is made up for where they are skipped', async () => {
    const { id, nextRun } = await minutely();
    core.pass(10 * MINUTE + 500);
    expect(await look({ missed: 'skip' })).toMatchObject({ started: 0 });
    expect(await executionsOf(id)).toEqual([]);
    expect(await nextRunOf(id)).toBe((nextRun ?? 0) + 10 * MINUTE);
  });

  test.each([
    [30_000, 1],
    [30_001, 0],
  ])('a run is missed after 30 s: at %i ms late %i is started', async (late, started) => {
    await minutely();
    core.pass(MINUTE + late);
    expect(await look({ missed: 'skip' })).toMatchObject({ started });
  });
});

test('a program that has left the catalogue makes a job all the same, which its worker will fail', async () => {
  const { id } = await minutely({ program: 'gone' });
  core.pass(MINUTE);
  expect(await look()).toMatchObject({ started: 1 });
  expect(await executionsOf(id)).toMatchObject([{ jobs: { queued: 1 } }]);
});

test('a schedule whose times cannot be told any more has its run and no next one; the others go on', async () => {
  const broken = await minutely({ timeZone: 'Mars/Base' });
  const whole = await minutely();
  core.pass(MINUTE);
  expect(await look()).toMatchObject({ started: 2 });
  expect(await nextRunOf(broken.id)).toBeNull();
  expect(await nextRunOf(whole.id)).toBe(core.clock() + MINUTE);
  expect(log.lines).toEqual([['error', 'a schedule has no next run any more']]);
});
