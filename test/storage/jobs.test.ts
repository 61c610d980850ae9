import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobFilter } from '../../src/core/job-store.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { claimOne, finishedJob, NOW, sampleJob } from './sample-job.ts';

forEachEngine((engine) => {
  let url: string;
  let store: Store;
  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
  });
  beforeEach(() => engine.empty(url));

  async function listed(filter: JobFilter): Promise<string[]> {
    const ids: string[] = [];
    for await (const batch of store.jobs.list(filter)) ids.push(...batch.map(({ id }) => id));
    return ids;
  }

  describe('a new job', () => {
    test('is queued, and found as it was inserted', async () => {
      const job = sampleJob({
        group: 'Grüße 🚀 ',
        arguments: [1, 'é🚀', { a: [null, true] }],
        targets: ['t 1', '𝔘'],
      });
      await store.jobs.insert(job);
      expect(await store.jobs.findWithTargets(job.id)).toEqual({
        id: job.id,
        group: 'Grüße 🚀 ',
        program: 'walk',
        type: 'program',
        isRead: false,
        owner: 'alice',
        state: 'queued',
        statusMessage: null,
        errorMessage: null,
        comment: null,
        workerId: null,
        progress: { startedAt: null, count: 0, target: 0, percent: 0 },
        attempt: 0,
        created: NOW,
        updated: NOW,
        started: null,
        completed: null,
        targets: ['t 1', '𝔘'],
        percentages: [],
      });
      expect(await store.jobs.findWithTargets(job.id)).toMatchObject((await store.jobs.find(job.id)) ?? {});
      expect((await claimOne(store.queue)).arguments).toEqual([1, 'é🚀', { a: [null, true] }]);
    });

    test('has arguments of a mebibyte', async () => {
      const text = 'é'.repeat(1024 * 1024);
      await store.jobs.insert(sampleJob({ arguments: [text, text] }));
      expect((await claimOne(store.queue)).arguments).toEqual([text, text]);
    });

    test('cannot take an id that is taken', async () => {
      const job = sampleJob();
      await store.jobs.insert(job);
      await expect(store.jobs.insert({ ...job, owner: 'bob' })).rejects.toMatchObject({ code: 'JOB_EXISTS' });
      expect((await store.jobs.find(job.id))?.owner).toBe('alice');
    });

    test('cannot take the id of a foreign job that belongs to somebody else', async () => {
      await store.records.claimForeignJob('theirs', 'bob');
      await store.records.claimForeignJob('mine', 'alice');
      await expect(store.jobs.insert(sampleJob({ id: 'theirs' }))).rejects.toMatchObject({
        code: 'JOB_EXISTS',
      });
      expect(await store.jobs.find('theirs')).toBeUndefined();
      await store.jobs.insert(sampleJob({ id: 'mine' }));
      expect(await store.jobs.find('mine')).toBeDefined();
    });

    test.each(['Job-A', 'job-a ', 'job-ä', '', 'x'.repeat(65)])(
      '"job-a" is not found as "%s"',
      async (id) => {
        await store.jobs.insert(sampleJob({ id: 'job-a' }));
        expect(await store.jobs.find(id)).toBeUndefined();
        expect(await store.jobs.findWithTargets(id)).toBeUndefined();
        expect(await store.jobs.requestCancel(id, NOW)).toBe('unknown');
        expect(await store.jobs.setComment(id, 'x', NOW)).toBe(false);
        expect(await store.jobs.remove(id)).toBe(false);
      },
    );

    test('ids that differ in case are different jobs', async () => {
      await store.jobs.insert(sampleJob({ id: 'job-a' }));
      await store.jobs.insert(sampleJob({ id: 'JOB-A' }));
      expect((await store.jobs.find('JOB-A'))?.id).toBe('JOB-A');
    });
  });

  describe('a listing', () => {
    test('is in order of insertion and narrowed by owner and state', async () => {
      const done = await finishedJob(store, { owner: 'bob' });
      const mine = sampleJob();
      await store.jobs.insert(mine);
      await claimOne(store.queue);
      const waiting = sampleJob({ owner: 'bob' });
      await store.jobs.insert(waiting);
      expect(await listed({})).toEqual([done.id, mine.id, waiting.id]);
      expect(await listed({ owner: 'bob' })).toEqual([done.id, waiting.id]);
      expect(await listed({ states: ['running', 'cancelling'] })).toEqual([mine.id]);
      expect(await listed({ owner: 'bob', states: ['running', 'queued'] })).toEqual([waiting.id]);
      expect(await listed({ states: [] })).toEqual([]);
      expect(await listed({ owner: 'nobody' })).toEqual([]);
    });

    test('of many jobs comes in batches, without those inserted after it began', async () => {
      const jobs = Array.from({ length: 1_001 }, () => sampleJob());
      await Promise.all(jobs.map((job) => store.jobs.insert(job)));
      const sizes: number[] = [];
      const seen = new Set<string>();
      for await (const batch of store.jobs.list({ owner: 'alice' })) {
        sizes.push(batch.length);
        for (const { id } of batch) seen.add(id);
        await store.jobs.insert(sampleJob());
      }
      expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
      expect(seen.size).toBe(1_001);
    });
  });

  describe('a request to cancel', () => {
    test('ends a queued job at once', async () => {
      const job = sampleJob();
      await store.jobs.insert(job);
      expect(await store.jobs.requestCancel(job.id, NOW + 7)).toBe('cancelled');
      expect(await store.jobs.find(job.id)).toMatchObject({
        state: 'cancelled',
        completed: NOW + 7,
        updated: NOW + 7,
      });
      expect(await store.queue.claim({ workerId: 'w', limit: 1, leaseMs: 1, now: NOW })).toEqual([]);
    });

    test('tells a running job to stop, again and again', async () => {
      const job = sampleJob();
      await store.jobs.insert(job);
      await claimOne(store.queue);
      expect(await store.jobs.requestCancel(job.id, NOW)).toBe('cancelling');
      expect(await store.jobs.requestCancel(job.id, NOW)).toBe('cancelling');
      expect(await store.jobs.find(job.id)).toMatchObject({ state: 'cancelling', completed: null });
    });

    test('finds a finished job finished, and changes nothing', async () => {
      const { id } = await finishedJob(store);
      const before = await store.jobs.find(id);
      expect(await store.jobs.requestCancel(id, NOW + 99)).toBe('completed');
      expect(await store.jobs.find(id)).toEqual(before);
    });

    test('of an unknown job says so', async () => {
      expect(await store.jobs.requestCancel('nothing', NOW)).toBe('unknown');
    });
  });

  describe('a comment', () => {
    test('is set, replaced and cleared in any state', async () => {
      const { id } = await finishedJob(store);
      expect(await store.jobs.setComment(id, '𝄞'.repeat(1_024), NOW + 50)).toBe(true);
      expect(await store.jobs.find(id)).toMatchObject({ comment: '𝄞'.repeat(1_024), updated: NOW + 50 });
      expect(await store.jobs.setComment(id, null, NOW + 51)).toBe(true);
      expect((await store.jobs.find(id))?.comment).toBeNull();
    });

    test('set to what it is already is still found', async () => {
      const { id } = await finishedJob(store);
      await store.jobs.setComment(id, 'same', NOW);
      expect(await store.jobs.setComment(id, 'same', NOW)).toBe(true);
    });
  });

  describe('a removal', () => {
    test('takes only a finished job, with its log', async () => {
      const job = sampleJob();
      await store.jobs.insert(job);
      expect(await store.jobs.remove(job.id)).toBe(false);
      const fence = await claimOne(store.queue);
      await store.queue.appendLog(fence, [{ level: 1, text: 'line', at: NOW }]);
      expect(await store.jobs.remove(job.id)).toBe(false);
      await store.queue.finish(fence, { state: 'failed', result: null, errorMessage: 'no' }, NOW);
      expect(await store.jobs.remove(job.id)).toBe(true);
      expect(await store.jobs.remove(job.id)).toBe(false);
      expect(await store.jobs.find(job.id)).toBeUndefined();
      expect(await engine.query(url, 'SELECT * FROM job_log')).toEqual([]);
    });

    test('leaves the id free', async () => {
      const { id } = await finishedJob(store);
      await store.jobs.remove(id);
      await store.jobs.insert(sampleJob({ id }));
      expect((await store.jobs.find(id))?.attempt).toBe(0);
    });
  });

  test('open jobs are counted by state', async () => {
    expect(await store.jobs.countOpen()).toEqual({ created: 0, queued: 0, running: 0, cancelling: 0 });
    await finishedJob(store);
    const [running, stopping] = [sampleJob(), sampleJob()];
    await store.jobs.insert(running);
    await claimOne(store.queue);
    await store.jobs.insert(stopping);
    await claimOne(store.queue);
    await store.jobs.requestCancel(stopping.id, NOW);
    await store.jobs.insert(sampleJob());
    await store.jobs.insert(sampleJob());
    expect(await store.jobs.countOpen()).toEqual({ created: 0, queued: 2, running: 1, cancelling: 1 });
  });

  test.each([
    ["UPDATE jobs SET state = 'lost'"],
    ["UPDATE jobs SET state = 'completed'"],
    ['UPDATE jobs SET completed = 1'],
    ["UPDATE jobs SET state = 'running'"],
  ])('the schema itself refuses %s on a queued job', async (statement) => {
    await store.jobs.insert(sampleJob());
    await expect(engine.query(url, statement)).rejects.toThrow();
  });
});
