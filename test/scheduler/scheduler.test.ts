import { afterEach, beforeEach, expect, test } from 'vitest';
import { JobgateError } from '../../src/core/error.ts';
import type { DueRunsOptions } from '../../src/scheduler/due-runs.ts';
import { Scheduler } from '../../src/scheduler/scheduler.ts';
import { type Core, coreUnderTest } from '../core/core-under-test.ts';
import { NO_PAYLOAD, sampleSchedule } from '../storage/sample-schedule.ts';
import { eventually } from '../support/eventually.ts';
import { dueRunsOptions, keptLog } from './scheduler-rig.ts';

let core: Core;
let scheduler: Scheduler;
let queued: number;
const log = keptLog();

beforeEach(async () => {
  core = await coreUnderTest();
  queued = 0;
  log.lines.length = 0;
});
afterEach(async () => {
  await scheduler.stop();
  await core.close();
});

function start(schedules: DueRunsOptions['schedules']): void {
  const options = dueRunsOptions({ schedules }, { log });
  scheduler = new Scheduler({
    ...options,
    queued: () => {
      queued += 1;
    },
  });
  scheduler.start();
}

test('a run is started when its time comes, not before, and the worker is told', async () => {
  const schedule = sampleSchedule({ nextRun: Date.now() + 150 });
  await core.store.schedules.insert(schedule, NO_PAYLOAD);
  start(core.store.schedules);
  // What else this process does delays both.
  const punctual = new Promise<number>((resolve) => setTimeout(() => resolve(Date.now()), 150));
  await eventually('the run', () => queued === 1);
  const { lastRun } = (await core.store.schedules.find(schedule.id)) ?? {};
  expect(lastRun).toBeGreaterThanOrEqual(schedule.nextRun ?? Number.NaN);
  // A look a second would have come later.
  expect(lastRun).toBeLessThan((await punctual) + 800);
});

test('a store that is away is said once, and so is that it is back; then what is due is started', async () => {
  await core.store.schedules.insert(sampleSchedule({ nextRun: Date.now() }), NO_PAYLOAD);
  let failures = 2;
  const { schedules } = core.store;
  const away: DueRunsOptions['schedules'] = {
    async findDue(until, limit) {
      if (failures-- > 0) throw new JobgateError('STORE_UNAVAILABLE', 'away');
      return schedules.findDue(until, limit);
    },
    findPayload: (id) => schedules.findPayload(id),
    fire: (...args) => schedules.fire(...args),
  };
  start(away);
  await eventually('the run', () => queued === 1);
  expect(log.lines).toEqual([
    ['error', 'schedules cannot be looked after; trying again'],
    ['info', 'schedules are looked after again'],
  ]);
});
