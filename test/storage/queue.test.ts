import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fence, Outcome } from '../../src/core/job-queue.ts';
import { Database } from '../../src/storage/database.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { claimOne, finishedJob, LONG_LEASE, NOW, sampleJob } from './sample-job.ts';

const DONE: Outcome = { state: 'completed', result: { rows: [1, 'é'] }, errorMessage: null };

forEachEngine((engine) => {
  let url: string;
  let store: Store;
  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
  });
  beforeEach(() => engine.empty(url));

  async function running(more: { leaseMs?: number; workerId?: string } = {}): Promise<Fence> {
    await store.jobs.insert(sampleJob());
    return claimOne(store.queue, more);
  }

  describe('a claim', () => {
    test('takes the oldest first, up to the limit', async () => {
      const jobs = [sampleJob(), sampleJob(), sampleJob()];
      for (const job of jobs) await store.jobs.insert(job);
      const claim = () => store.queue.claim({ workerId: 'w', limit: 2, leaseMs: LONG_LEASE, now: NOW });
      const ids = jobs.map(({ id }) => id);
      expect((await claim()).map(({ jobId }) => jobId)).toEqual(ids.slice(0, 2));
      expect((await claim()).map(({ jobId }) => jobId)).toEqual(ids.slice(2));
      expect(await claim()).toEqual([]);
    });

    test('hands over all that the worker needs, and marks the job as running', async () => {
      const job = sampleJob({
        arguments: ['x', 2],
        targets: ['t'],
        group: 'g',
        parameters: [{ name: 'rows', value: '3' }],
        type: 'import',
      });
      await store.jobs.insert(job);
      expect(await claimOne(store.queue, { workerId: 'w-7' })).toEqual({
        jobId: job.id,
        workerId: 'w-7',
        attempt: 1,
        group: 'g',
        program: 'walk',
        owner: 'alice',
        arguments: ['x', 2],
        targets: ['t'],
        parameters: [{ name: 'rows', value: '3' }],
        type: 'import',
      });
      expect(await store.jobs.find(job.id)).toMatchObject({
        state: 'running',
        workerId: 'w-7',
        attempt: 1,
        started: NOW + 10,
        updated: NOW + 10,
        completed: null,
      });
    });

    test('of none takes none', async () => {
      await store.jobs.insert(sampleJob());
      expect(await store.queue.claim({ workerId: 'w', limit: 0, leaseMs: 1, now: NOW })).toEqual([]);
    });

    test('finds a job that came back behind where the last claim ended', async () => {
      for (let i = 0; i < 3; i++) await store.jobs.insert(sampleJob());
      const claim = () => store.queue.claim({ workerId: 'w', limit: 1, leaseMs: LONG_LEASE, now: NOW });
      const [first] = await claim();
      await claim();
      if (!first) throw new Error('nothing claimed');
      await store.queue.giveBack(first, NOW);
      expect((await claim())[0]).toMatchObject({ jobId: first.jobId, attempt: 2 });
    });

    test('finds the next job however far from the last one it lies', async () => {
      const places = [5_000, 5_001, 900_000];
      for (const place of places) {
        const { id } = sampleJob();
        await store.jobs.insert(sampleJob({ id }));
        await engine.query(url, `UPDATE jobs SET seq = ${place} WHERE id = '${id}'`);
      }
      for (const _ of places) {
        const claimed = await store.queue.claim({ workerId: 'w', limit: 1, leaseMs: LONG_LEASE, now: NOW });
        expect(claimed).toHaveLength(1);
      }
    });

    // SQLite lets one writer in at a time, whatever it writes.
    if (engine.name === 'mysql')
      test('of most of the jobs that there are does not wait for one that is being removed', async () => {
        const [removed, ...others] = [sampleJob(), sampleJob(), sampleJob(), sampleJob()];
        for (const job of [removed, ...others]) await store.jobs.insert(job);
        const database = new Database(url, undefined);
        const claimed = await database.transaction(async (sql) => {
          await sql.change('DELETE FROM jobs WHERE id = ?', [removed.id]);
          return store.queue.claim({ workerId: 'w', limit: 3, leaseMs: LONG_LEASE, now: NOW });
        });
        await database.close();
        expect(claimed.map(({ jobId }) => jobId)).toEqual(others.map(({ id }) => id));
      });

    test('gives each of 200 jobs to one of eight claimers on two nodes', async () => {
      const nodes = [store, await engine.openStore(url)];
      const ids = Array.from({ length: 200 }, () => sampleJob());
      await Promise.all(ids.map((job) => store.jobs.insert(job)));
      const taken: string[] = [];
      await Promise.all(
        Array.from({ length: 8 }, async (_, index) => {
          const queue = (nodes[index % 2] ?? store).queue;
          for (;;) {
            const claimed = await queue.claim({
              workerId: `w-${index}`,
              limit: 7,
              leaseMs: LONG_LEASE,
              now: NOW,
            });
            if (claimed.length === 0 && (await store.jobs.countOpen()).queued === 0) return;
            taken.push(...claimed.map(({ jobId }) => jobId));
          }
        }),
      );
      expect(taken).toHaveLength(200);
      expect(new Set(taken)).toEqual(new Set(ids.map(({ id }) => id)));
    });
  });

  describe('a heartbeat', () => {
    test('answers what the worker holds, and in which state', async () => {
      const first = await running();
      const second = await running();
      await running({ workerId: 'another' });
      await finishedJob(store);
      await store.jobs.requestCancel(second.jobId, NOW);
      const held = await store.queue.heartbeat('worker-1', [], LONG_LEASE);
      expect(held.toSorted((a, b) => a.state.localeCompare(b.state))).toEqual([
        { jobId: second.jobId, workerId: 'worker-1', attempt: 1, state: 'cancelling' },
        { jobId: first.jobId, workerId: 'worker-1', attempt: 1, state: 'running' },
      ]);
    });

    test('renews the leases of that worker alone, and of the jobs it names', async () => {
      const kept = await running({ leaseMs: 0 });
      const unnamed = await running({ leaseMs: 0 });
      const lost = await running({ leaseMs: 0, workerId: 'another' });
      await store.queue.heartbeat('worker-1', [kept.jobId, lost.jobId], LONG_LEASE);
      expect(await store.queue.rescue({ maxLosses: 3, now: NOW })).toEqual({
        requeued: 2,
        abandoned: 0,
        cancelled: 0,
      });
      expect((await store.jobs.find(kept.jobId))?.state).toBe('running');
      expect((await store.jobs.find(unnamed.jobId))?.state).toBe('queued');
      expect((await store.jobs.find(lost.jobId))?.state).toBe('queued');
    });
  });

  describe('a report', () => {
    test('changes only what it names', async () => {
      const fence = await running();
      const progress = { startedAt: NOW + 11, count: 3, target: 10, percent: 30 };
      expect(await store.queue.report(fence, { progress }, NOW + 12)).toBe(true);
      expect(await store.queue.report(fence, { percentages: [50, 10] }, NOW + 13)).toBe(true);
      expect(await store.jobs.findWithTargets(fence.jobId)).toMatchObject({
        progress,
        percentages: [50, 10],
        updated: NOW + 13,
      });
    });
  });

  describe('a finish', () => {
    test.each(['completed', 'failed', 'abandoned'] as const)('ends a running job as %s', async (state) => {
      const fence = await running();
      expect(await store.queue.finish(fence, { ...DONE, state, errorMessage: 'why 🚀' }, NOW + 30)).toBe(
        true,
      );
      expect(await store.jobs.find(fence.jobId)).toMatchObject({
        state,
        errorMessage: 'why 🚀',
        completed: NOW + 30,
        updated: NOW + 30,
        workerId: 'worker-1',
      });
      expect(await engine.query(url, 'SELECT result FROM jobs')).toEqual([
        { result: JSON.stringify(DONE.result) },
      ]);
    });

    test.each(['cancelled', 'completed', 'failed', 'abandoned'] as const)(
      'ends a job that was told to stop as %s',
      async (state) => {
        const fence = await running();
        await store.jobs.requestCancel(fence.jobId, NOW);
        expect(await store.queue.finish(fence, { ...DONE, state }, NOW)).toBe(true);
        expect((await store.jobs.find(fence.jobId))?.state).toBe(state);
      },
    );

    test('cannot make a job cancelled that nobody told to stop', async () => {
      const fence = await running();
      expect(await store.queue.finish(fence, { ...DONE, state: 'cancelled' }, NOW)).toBe(false);
      expect((await store.jobs.find(fence.jobId))?.state).toBe('running');
    });
  });

  describe('a job given back', () => {
    test('is queued at once, starts from nothing, and keeps its place in the queue', async () => {
      const fence = await running();
      await store.jobs.insert(sampleJob());
      await store.queue.report(
        fence,
        { progress: { startedAt: 1, count: 5, target: 9, percent: 55 }, percentages: [9] },
        NOW,
      );
      expect(await store.queue.giveBack(fence, NOW + 40)).toBe(true);
      expect(await store.jobs.findWithTargets(fence.jobId)).toMatchObject({
        state: 'queued',
        updated: NOW + 40,
        progress: { startedAt: null, count: 0, target: 0, percent: 0 },
        percentages: [],
      });
      const [next] = await store.queue.claim({ workerId: 'w-2', limit: 1, leaseMs: LONG_LEASE, now: NOW });
      expect(next).toMatchObject({ jobId: fence.jobId, attempt: 2 });
    });

    test('costs it no attempt, however often', async () => {
      await store.jobs.insert(sampleJob());
      for (let i = 0; i < 5; i++) await store.queue.giveBack(await claimOne(store.queue), NOW);
      const fence = await claimOne(store.queue, { leaseMs: 0 });
      expect(await store.queue.rescue({ maxLosses: 2, now: NOW })).toMatchObject({
        requeued: 1,
        abandoned: 0,
      });
      expect((await store.jobs.find(fence.jobId))?.state).toBe('queued');
    });

    test('is cancelled when it was told to stop', async () => {
      const fence = await running();
      await store.jobs.requestCancel(fence.jobId, NOW);
      expect(await store.queue.giveBack(fence, NOW + 41)).toBe(true);
      expect(await store.jobs.find(fence.jobId)).toMatchObject({ state: 'cancelled', completed: NOW + 41 });
    });
  });

  describe('a rescue', () => {
    const rescue = (maxLosses = 2) => store.queue.rescue({ maxLosses, now: NOW + 60 });
    const nothing = { requeued: 0, abandoned: 0, cancelled: 0 };

    test('leaves jobs alone whose lease runs', async () => {
      await running();
      expect(await rescue()).toEqual(nothing);
    });

    test('queues a lost job again, and gives it up when it was lost too often', async () => {
      const first = await running({ leaseMs: 0 });
      expect(await rescue()).toEqual({ ...nothing, requeued: 1 });
      const second = await claimOne(store.queue, { leaseMs: 0, workerId: 'w-2' });
      expect(second).toMatchObject({ jobId: first.jobId, attempt: 2 });
      expect(await rescue()).toEqual({ ...nothing, abandoned: 1 });
      const job = await store.jobs.find(first.jobId);
      expect(job).toMatchObject({ state: 'abandoned', completed: NOW + 60 });
      expect(job?.errorMessage).toContain('worker was lost');
      expect(await rescue()).toEqual(nothing);
    });

    test('cancels a lost job that was told to stop', async () => {
      const { jobId } = await running({ leaseMs: 0 });
      await store.jobs.requestCancel(jobId, NOW);
      expect(await rescue(1)).toEqual({ ...nothing, cancelled: 1 });
      expect(await store.jobs.find(jobId)).toMatchObject({ state: 'cancelled', completed: NOW + 60 });
    });

    test('by six nodes at once counts each job once', async () => {
      for (let i = 0; i < 30; i++) await running({ leaseMs: 0 });
      const nodes = [store, await engine.openStore(url), await engine.openStore(url)];
      const all = await Promise.all(
        [...nodes, ...nodes].map((node) => node.queue.rescue({ maxLosses: 2, now: NOW })),
      );
      expect(all.reduce((sum, { requeued }) => sum + requeued, 0)).toBe(30);
    });
  });

  describe('a stale fence', () => {
    const writes = {
      report: (fence: Fence) => store.queue.report(fence, { percentages: [99] }, NOW + 500),
      log: (fence: Fence) => store.queue.appendLog(fence, [{ level: 2, text: 'late', at: NOW }]),
      record: (fence: Fence) =>
        store.queue.appendRecords(fence, [
          { targetId: 'late', errorCode: 0, errorMessage: null, created: NOW },
        ]),
      'empty record list': (fence: Fence) => store.queue.appendRecords(fence, []),
      finish: (fence: Fence) => store.queue.finish(fence, DONE, NOW + 500),
      'give back': (fence: Fence) => store.queue.giveBack(fence, NOW + 500),
    };
    const kinds = Object.keys(writes) as (keyof typeof writes)[];

    async function snapshot(): Promise<unknown[]> {
      const tables = ['jobs', 'job_log', 'records'];
      return Promise.all(tables.map((table) => engine.query(url, `SELECT * FROM ${table}`)));
    }

    test.each(kinds)('stores nothing once another worker has the job: %s', async (kind) => {
      const stale = await running({ leaseMs: 0 });
      await store.queue.rescue({ maxLosses: 9, now: NOW });
      await claimOne(store.queue, { workerId: 'w-2' });
      const before = await snapshot();
      expect(await writes[kind](stale)).toBe(false);
      expect(await snapshot()).toEqual(before);
    });

    test.each(kinds)('stores nothing once the same worker has claimed the job anew: %s', async (kind) => {
      const stale = await running();
      await store.queue.giveBack(stale, NOW);
      await claimOne(store.queue);
      const before = await snapshot();
      expect(await writes[kind](stale)).toBe(false);
      expect(await snapshot()).toEqual(before);
    });

    test.each(kinds)('stores nothing while the job waits in the queue: %s', async (kind) => {
      const stale = await running();
      await store.queue.giveBack(stale, NOW);
      const before = await snapshot();
      expect(await writes[kind](stale)).toBe(false);
      expect(await snapshot()).toEqual(before);
    });

    test.each(kinds)('stores nothing after the job has ended: %s', async (kind) => {
      const fence = await running();
      await store.queue.finish(fence, { ...DONE, state: 'failed' }, NOW);
      const before = await snapshot();
      expect(await writes[kind](fence)).toBe(false);
      expect(await snapshot()).toEqual(before);
    });

    test('of twenty finishes at once one succeeds', async () => {
      const fence = await running();
      const finishes = await Promise.all(
        Array.from({ length: 20 }, () => store.queue.finish(fence, DONE, NOW)),
      );
      expect(finishes.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('a job’s log', () => {
    const lines = () =>
      engine.query<{ level: number; text: string; at: number }>(
        url,
        'SELECT level, text, at FROM job_log ORDER BY seq',
      );

    test('keeps its lines in order', async () => {
      const fence = await running();
      await store.queue.appendLog(fence, [
        { level: 1, text: 'one 🚀', at: NOW },
        { level: 3, text: '', at: NOW + 1 },
      ]);
      await store.queue.appendLog(fence, [{ level: 2, text: 'three', at: NOW + 2 }]);
      expect(await store.queue.appendLog(fence, [])).toBe(true);
      expect((await lines()).map(({ level, text }) => [level, text])).toEqual([
        [1, 'one 🚀'],
        [3, ''],
        [2, 'three'],
      ]);
    });

    test('ends at a mebibyte with one line that says so, whatever comes after', async () => {
      const fence = await running();
      const line = (text: string) => ({ level: 1, text, at: NOW }) as const;
      const kibibyte = 'é'.repeat(512);
      for (let i = 0; i < 4; i++) {
        await store.queue.appendLog(
          fence,
          Array.from({ length: 300 }, () => line(kibibyte)),
        );
      }
      expect(await store.queue.appendLog(fence, [line('later')])).toBe(true);
      const stored = await lines();
      expect(stored).toHaveLength(1024 + 1);
      expect(stored.at(-1)?.text).toContain('dropped');
    });
  });
});
