import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Schedule } from '../../src/core/schedule.ts';
import type { ScheduleSearch } from '../../src/core/schedule-store.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { claimOne, NOW, sampleJob } from './sample-job.ts';
import { NO_PAYLOAD, sampleRun, sampleSchedule } from './sample-schedule.ts';

const ALL = { skip: 0, take: 1_000 };
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

forEachEngine((engine) => {
  let url: string;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
    other = await engine.openStore(url);
  });
  beforeEach(() => engine.empty(url));

  async function stored(more: Partial<Schedule> = {}): Promise<Schedule> {
    const schedule = sampleSchedule(more);
    await store.schedules.insert(schedule, NO_PAYLOAD);
    return schedule;
  }

  const nextRunOf = async (id: string) => (await store.schedules.find(id))?.nextRun;
  const jobsOf = async (group: string) => (await store.jobs.page({ group }, 'oldest', ALL)).jobs;

  test('a schedule is found as it was stored, and its payload beside it', async () => {
    const schedule = sampleSchedule({ name: '  Größe 😀 ', description: 'é\n', cron: null, nextRun: null });
    const payload = { arguments: [1, { a: [null] }, 'ü'], parameters: [{ name: 'p', value: '' }] };
    await store.schedules.insert(schedule, payload);
    expect(await store.schedules.find(schedule.id)).toEqual(schedule);
    expect(await store.schedules.findPayload(schedule.id)).toEqual(payload);
  });

  test.each([UNKNOWN, '', `${UNKNOWN} `, 'ü', 'x'.repeat(100)])('there is no schedule %o', async (id) => {
    expect(await store.schedules.find(id)).toBeUndefined();
    expect(await store.schedules.findPayload(id)).toBeUndefined();
    expect(await store.schedules.findExecution(id)).toBeUndefined();
    expect(await store.schedules.hold(id)).toBe(false);
    expect(await store.schedules.release(id, null)).toBe(false);
    expect(await store.schedules.remove(id)).toBe(false);
  });

  describe('a search', () => {
    test.each<[ScheduleSearch['match'], string, string[]]>([
      ['contains', 'report', ['Report 100%', 'the report', 'THE_REPORT', 'straße report', 'the  report ']],
      ['contains', '', ['Report 100%', 'the report', 'THE_REPORT', 'straße report', 'Ärger', 'the  report ']],
      ['not-contains', 'THE', ['Report 100%', 'straße report', 'Ärger']],
      ['equals', 'THE REPORT', ['the report']],
      ['equals', 'the report ', []],
      ['equals', 'ärger', ['Ärger']],
      ['equals', '', []],
      ['starts-with', 'the', ['the report', 'THE_REPORT', 'the  report ']],
      ['ends-with', 'T', ['the report', 'THE_REPORT', 'straße report']],
      // Nothing in it is a wildcard.
      ['contains', '%', ['Report 100%']],
      ['contains', 'the_r', ['THE_REPORT']],
      ['contains', '!', []],
      ['contains', 'STRASSE', ['straße report']],
    ])('for names by %s %o finds %j', async (match, value, expected) => {
      for (const name of [
        'Report 100%',
        'the report',
        'THE_REPORT',
        'straße report',
        'Ärger',
        'the  report ',
      ]) {
        await stored({ name });
      }
      const found = await store.schedules.search({ match, value }, ALL);
      expect(found.map(({ name }) => name)).toEqual(expected);
    });

    test('keeps to one type, and to schedules that were not removed', async () => {
      const etl = await stored();
      await stored({ type: 'alert' });
      const removed = await stored();
      await store.schedules.remove(removed.id);
      const found = await store.schedules.search({ match: 'equals', value: 'nightly', type: 'etl' }, ALL);
      expect(found).toEqual([etl]);
    });

    test('gives a stretch in order of creation', async () => {
      const names = ['c', 'a', 'd', 'b'];
      for (const name of names) await stored({ name });
      const found = await store.schedules.search({ match: 'contains', value: '' }, { skip: 1, take: 2 });
      expect(found.map(({ name }) => name)).toEqual(['a', 'd']);
    });
  });

  test("a user's schedules are listed without those that were removed", async () => {
    const first = await stored();
    await stored({ owner: 'bob' });
    const second = await stored();
    const removed = await stored();
    await store.schedules.remove(removed.id);
    expect(await store.schedules.listByOwner('alice', ALL)).toEqual([first, second]);
    expect(await store.schedules.listByOwner('alice', { skip: 1, take: 5 })).toEqual([second]);
  });

  test('a held schedule has no next run until it is released', async () => {
    const { id } = await stored();
    expect(await store.schedules.hold(id)).toBe(true);
    expect(await store.schedules.find(id)).toMatchObject({ state: 'held', nextRun: null });
    expect(await store.schedules.release(id, NOW + 5)).toBe(true);
    expect(await store.schedules.find(id)).toMatchObject({ state: 'active', nextRun: NOW + 5 });
  });

  test('releasing an active schedule does not move its next run, which may be due', async () => {
    const { id } = await stored();
    expect(await store.schedules.release(id, NOW + 5)).toBe(true);
    expect(await nextRunOf(id)).toBe(NOW);
  });

  test('a removed schedule is still found, is not due, and is neither held, released nor removed again', async () => {
    const { id } = await stored();
    expect(await store.schedules.remove(id)).toBe(true);
    expect(await store.schedules.find(id)).toMatchObject({ removed: true, nextRun: null });
    expect(await store.schedules.findDue(NOW, 10)).toEqual([]);
    expect(await store.schedules.hold(id)).toBe(false);
    expect(await store.schedules.release(id, NOW)).toBe(false);
    expect(await store.schedules.remove(id)).toBe(false);
  });

  test('due are active schedules whose time has come, the earliest first', async () => {
    const late = await stored({ nextRun: NOW - 1 });
    const early = await stored({ nextRun: NOW - 2 });
    await stored({ nextRun: NOW + 1 });
    await stored({ cron: null, nextRun: null });
    const held = await stored();
    await store.schedules.hold(held.id);
    expect(await store.schedules.findDue(NOW, 10)).toEqual([early, late]);
    expect(await store.schedules.findDue(NOW, 1)).toEqual([early]);
  });

  describe('a run by hand', () => {
    test('stores the execution and its job, and when it was', async () => {
      const { id } = await stored();
      const run = sampleRun(id);
      expect(await store.schedules.insertExecution(run, true)).toBe(true);
      expect(await store.schedules.find(id)).toMatchObject({ lastRun: NOW, nextRun: NOW });
      expect((await store.schedules.findExecution(run.execution.id))?.execution).toEqual(run.execution);
      expect(await jobsOf(run.execution.id)).toMatchObject([{ id: run.job.id, state: 'queued' }]);
    });

    test('of a held schedule is stored only if the hold is not to be respected', async () => {
      const { id } = await stored();
      await store.schedules.hold(id);
      const [refused, taken] = [sampleRun(id), sampleRun(id)];
      expect(await store.schedules.insertExecution(refused, true)).toBe(false);
      expect(await store.schedules.insertExecution(taken, false)).toBe(true);
      expect(await jobsOf(refused.execution.id)).toEqual([]);
      expect(await store.schedules.findExecution(refused.execution.id)).toBeUndefined();
      expect(await jobsOf(taken.execution.id)).toHaveLength(1);
    });

    test('of a removed schedule is not stored', async () => {
      const { id } = await stored();
      await store.schedules.remove(id);
      const run = sampleRun(id);
      expect(await store.schedules.insertExecution(run, false)).toBe(false);
      expect(await jobsOf(run.execution.id)).toEqual([]);
    });

    test('whose job cannot be stored leaves nothing behind', async () => {
      const { id } = await stored();
      const taken = sampleJob();
      await store.jobs.insert(taken);
      const { execution } = sampleRun(id);
      const run = { execution, job: { ...taken, group: execution.id } };
      await expect(store.schedules.insertExecution(run, true)).rejects.toThrow();
      expect(await store.schedules.findExecution(execution.id)).toBeUndefined();
      expect(await store.schedules.find(id)).toMatchObject({ lastRun: null });
    });
  });

  describe('a due run', () => {
    test('is started once, however many nodes try at the same time', async () => {
      const due = { ...(await stored()), nextRun: NOW };
      const tries = Array.from({ length: 20 }, (_, i) => ({
        node: i % 2 ? store : other,
        run: sampleRun(due.id),
      }));
      const fired = await Promise.all(
        tries.map(({ node, run }) => node.schedules.fire(due, NOW + 60_000, run)),
      );
      expect(fired.filter(Boolean)).toHaveLength(1);
      const winner = tries[fired.indexOf(true)]?.run.execution.id;
      expect(await store.schedules.listExecutions(due.id, undefined, ALL)).toMatchObject([
        { id: winner, jobs: { queued: 1 } },
      ]);
      expect(await store.jobs.countOpen()).toMatchObject({ queued: 1 });
      expect(await store.schedules.find(due.id)).toMatchObject({ nextRun: NOW + 60_000, lastRun: NOW });
    });

    test.each(['hold', 'remove'] as const)('is not started after a %s in the last moment', async (change) => {
      const due = { ...(await stored()), nextRun: NOW };
      await store.schedules[change](due.id);
      expect(await store.schedules.fire(due, NOW + 1, sampleRun(due.id))).toBe(false);
      expect(await store.jobs.countOpen()).toMatchObject({ queued: 0 });
    });

    test('that is passed over leaves no execution and moves on', async () => {
      const due = { ...(await stored()), nextRun: NOW };
      expect(await store.schedules.fire(due, NOW + 1, null)).toBe(true);
      expect(await store.schedules.find(due.id)).toMatchObject({ nextRun: NOW + 1, lastRun: null });
      expect(await store.schedules.listExecutions(due.id, undefined, ALL)).toEqual([]);
    });
  });

  describe('executions', () => {
    test('are listed the newest first, with the counts and times of their jobs', async () => {
      const { id } = await stored();
      const [first, second] = [sampleRun(id), sampleRun(id)];
      await store.schedules.insertExecution(first, true);
      const fence = await claimOne(store.queue);
      await store.queue.finish(
        fence,
        { state: 'failed', result: null, errorMessage: 'x'.repeat(2_000) },
        NOW + 20,
      );
      await store.jobs.insert(sampleJob({ group: first.execution.id }));
      await store.schedules.insertExecution(second, true);
      const listed = await store.schedules.listExecutions(id, undefined, ALL);
      expect(listed).toMatchObject([
        {
          ...second.execution,
          jobs: { queued: 1, failed: 0 },
          started: null,
          completed: null,
          errorMessage: null,
        },
        {
          ...first.execution,
          jobs: { queued: 1, failed: 1 },
          started: NOW + 10,
          completed: NOW + 20,
          errorMessage: 'x'.repeat(1_024),
        },
      ]);
      expect(await store.schedules.listExecutions(id, undefined, { skip: 1, take: 1 })).toEqual([listed[1]]);
    });

    test("of one user are listed without others', nor others' jobs in them", async () => {
      const { id } = await stored();
      const mine = sampleRun(id, 'alice');
      await store.schedules.insertExecution(mine, true);
      await store.schedules.insertExecution(sampleRun(id, 'bob'), true);
      await store.jobs.insert(sampleJob({ group: mine.execution.id, owner: 'bob' }));
      const listed = await store.schedules.listExecutions(id, 'alice', ALL);
      expect(listed).toMatchObject([{ id: mine.execution.id, jobs: { queued: 1 } }]);
    });

    test('keep the name of a schedule that was removed', async () => {
      const { id } = await stored({ name: 'gone' });
      const run = sampleRun(id);
      await store.schedules.insertExecution(run, true);
      await store.schedules.remove(id);
      expect((await store.schedules.findExecution(run.execution.id))?.schedule).toMatchObject({
        name: 'gone',
        removed: true,
      });
    });
  });
});
