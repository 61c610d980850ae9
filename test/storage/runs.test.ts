import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NewJob } from '../../src/core/job.ts';
import type { FinalJobState, JobState } from '../../src/core/job-state.ts';
import type { NewRun } from '../../src/core/run.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { claimOne, NOW, sampleJob } from './sample-job.ts';

/** A run of as many jobs, with a webhook unless told otherwise. */
function sampleRun(jobs: number, more: Partial<NewRun> = {}): NewRun {
  const key = more.key ?? randomUUID();
  return {
    key,
    fingerprint: 'f'.repeat(64),
    owner: 'alice',
    jobs: Array.from({ length: jobs }, (_, index) =>
      sampleJob({ group: key, state: index === 0 ? 'queued' : 'created' }),
    ),
    webhook: { id: `msg_${randomUUID()}`, url: 'https://example.com/hook', format: 'starfish' },
    ...more,
  };
}

forEachEngine((engine) => {
  let url: string;
  let store: Store;

  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
  });

  beforeEach(async () => {
    await engine.empty(url);
  });

  const statesOf = async (jobs: readonly NewJob[]): Promise<(JobState | undefined)[]> => {
    const states = await store.jobs.statesOf(jobs.map(({ id }) => id));
    return jobs.map(({ id }) => states.get(id));
  };

  const webhooks = () =>
    engine.query<{ id: string; job_id: string; state: string; next_attempt: number | null }>(
      url,
      'SELECT id, job_id, state, next_attempt FROM webhooks',
    );

  /** Runs the one job that is queued. */
  async function runOne(state: FinalJobState, now = NOW + 20): Promise<string> {
    const fence = await claimOne(store.queue);
    if (state === 'cancelled') await store.jobs.requestCancel(fence.jobId, now);
    expect(await store.queue.finish(fence, { state, result: null, errorMessage: null }, now)).toBe(true);
    return fence.jobId;
  }

  describe('a run', () => {
    test('queues its first job and keeps the others back', async () => {
      const run = sampleRun(3);
      expect(await store.jobs.insertRun(run)).toBeUndefined();
      expect(await statesOf(run.jobs)).toEqual(['queued', 'created', 'created']);
    });

    test('queues each next job when the one before it has completed', async () => {
      const run = sampleRun(3);
      await store.jobs.insertRun(run);
      for (const { id } of run.jobs) expect(await runOne('completed')).toBe(id);
      expect(await statesOf(run.jobs)).toEqual(['completed', 'completed', 'completed']);
    });

    test.each(['failed', 'cancelled'] as const)('cancels the rest when a job has %s', async (state) => {
      const run = sampleRun(4);
      await store.jobs.insertRun(run);
      await runOne('completed');
      await runOne(state);
      expect(await statesOf(run.jobs)).toEqual(['completed', state, 'cancelled', 'cancelled']);
    });

    test('cancels the rest when a job is cancelled before a worker has it', async () => {
      const run = sampleRun(3);
      await store.jobs.insertRun(run);
      expect(await store.jobs.cancelWaiting(run.jobs[0]?.id ?? '', NOW)).toBe('cancelled');
      expect(await statesOf(run.jobs)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    });

    test('goes no further than a job that was cancelled by itself', async () => {
      const run = sampleRun(3);
      await store.jobs.insertRun(run);
      await store.jobs.requestCancel(run.jobs[1]?.id ?? '', NOW);
      expect(await statesOf(run.jobs)).toEqual(['queued', 'cancelled', 'cancelled']);
      const last = await runOne('completed', NOW + 30);
      expect(await webhooks()).toMatchObject([{ job_id: last, state: 'due', next_attempt: NOW + 30 }]);
    });

    test('cancels the rest when a job is abandoned', async () => {
      const run = sampleRun(2);
      await store.jobs.insertRun(run);
      await claimOne(store.queue, { leaseMs: -1 });
      expect(await store.queue.rescue({ maxLosses: 1, now: NOW })).toMatchObject({ abandoned: 1 });
      expect(await statesOf(run.jobs)).toEqual(['abandoned', 'cancelled']);
      expect(await webhooks()).toMatchObject([{ job_id: run.jobs[0]?.id, state: 'due' }]);
    });

    test('cancels the rest when a job that was told to stop is lost', async () => {
      const run = sampleRun(2);
      await store.jobs.insertRun(run);
      const { jobId } = await claimOne(store.queue, { leaseMs: -1 });
      await store.jobs.requestCancel(jobId, NOW);
      expect(await store.queue.rescue({ maxLosses: 3, now: NOW })).toMatchObject({ cancelled: 1 });
      expect(await statesOf(run.jobs)).toEqual(['cancelled', 'cancelled']);
    });

    test('goes on after a job was lost and has run again', async () => {
      const run = sampleRun(2);
      await store.jobs.insertRun(run);
      await claimOne(store.queue, { leaseMs: -1 });
      expect(await store.queue.rescue({ maxLosses: 3, now: NOW })).toMatchObject({ requeued: 1 });
      await runOne('completed');
      expect(await statesOf(run.jobs)).toEqual(['completed', 'queued']);
    });

    test('cancels the rest when a job that was told to stop is given back', async () => {
      const run = sampleRun(2);
      await store.jobs.insertRun(run);
      const fence = await claimOne(store.queue);
      await store.jobs.requestCancel(fence.jobId, NOW);
      expect(await store.queue.giveBack(fence, NOW)).toBe(true);
      expect(await statesOf(run.jobs)).toEqual(['cancelled', 'cancelled']);
    });

    test('lets a job that waits for another be neither released nor changed', async () => {
      const run = sampleRun(2);
      await store.jobs.insertRun(run);
      const amendment = { program: 'walk', type: 'import', parameters: [], state: 'queued' } as const;
      expect(await store.jobs.amend(run.jobs[1]?.id ?? '', amendment, NOW)).toBe('created');
      expect(await statesOf(run.jobs)).toEqual(['queued', 'created']);
    });
  });

  describe('the webhook of a run', () => {
    test('is due with the end of its only job', async () => {
      const run = sampleRun(1);
      await store.jobs.insertRun(run);
      expect(await webhooks()).toMatchObject([{ id: run.webhook?.id, state: 'waiting', next_attempt: null }]);
      await runOne('failed', NOW + 40);
      expect(await webhooks()).toMatchObject([{ state: 'due', next_attempt: NOW + 40 }]);
    });

    test('waits for the last job that runs', async () => {
      const run = sampleRun(2);
      await store.jobs.insertRun(run);
      await runOne('completed');
      expect(await webhooks()).toMatchObject([{ job_id: run.jobs[1]?.id, state: 'waiting' }]);
      await runOne('completed', NOW + 50);
      expect(await webhooks()).toMatchObject([
        { job_id: run.jobs[1]?.id, state: 'due', next_attempt: NOW + 50 },
      ]);
    });

    test('is not due by a finish whose worker has lost the job', async () => {
      await store.jobs.insertRun(sampleRun(1));
      const fence = await claimOne(store.queue);
      const outcome = { state: 'completed', result: null, errorMessage: null } as const;
      expect(await store.queue.finish({ ...fence, attempt: 9 }, outcome, NOW)).toBe(false);
      expect(await webhooks()).toMatchObject([{ state: 'waiting' }]);
    });
  });

  describe('a key', () => {
    test('that its owner has used starts nothing, and says what was asked then', async () => {
      const run = sampleRun(2);
      await store.jobs.insertRun(run);
      const again = sampleRun(2, { key: run.key, fingerprint: 'a'.repeat(64) });
      expect(await store.jobs.insertRun(again)).toEqual({
        fingerprint: run.fingerprint,
        jobId: run.jobs[0]?.id,
      });
      expect(await statesOf(again.jobs)).toEqual([undefined, undefined]);
      expect(await webhooks()).toHaveLength(1);
    });

    test('is free for another owner', async () => {
      const run = sampleRun(1);
      await store.jobs.insertRun(run);
      expect(await store.jobs.insertRun(sampleRun(1, { key: run.key, owner: 'bob' }))).toBeUndefined();
    });

    test.each([
      ['a trailing space', 'run', 'run '],
      ['its case', 'run', 'RUN'],
      ['an accent', 'run', 'rün'],
    ])('that differs by %s is another', async (_, one, other) => {
      await store.jobs.insertRun(sampleRun(1, { key: one }));
      expect(await store.jobs.insertRun(sampleRun(1, { key: other }))).toBeUndefined();
    });

    test('asked for by many at once starts one run', async () => {
      const runs = Array.from({ length: 8 }, () => sampleRun(2, { key: 'same' }));
      const answers = await Promise.all(runs.map((run) => store.jobs.insertRun(run)));
      const started = runs.filter((_, index) => answers[index] === undefined);
      expect(started).toHaveLength(1);
      const jobId = started[0]?.jobs[0]?.id;
      expect(answers.filter((answer) => answer !== undefined)).toEqual(
        Array.from({ length: 7 }, () => ({ fingerprint: 'f'.repeat(64), jobId })),
      );
      expect((await store.jobs.page({ group: 'same' }, 'oldest', { skip: 0, take: 10 })).total).toBe(2);
    });

    test('is free again once its first job was removed', async () => {
      const run = sampleRun(1);
      await store.jobs.insertRun(run);
      await runOne('completed');
      await store.jobs.remove(run.jobs[0]?.id ?? '');
      expect(await store.jobs.insertRun(sampleRun(1, { key: run.key }))).toBeUndefined();
    });
  });
});
