import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/job-queue.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { LONG_LEASE, NOW, sampleJob } from './sample-job.ts';

forEachEngine((engine) => {
  let url: string;
  let store: Store;
  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
  });
  beforeEach(() => engine.empty(url));

  async function claimed(count: number) {
    await Promise.all(Array.from({ length: count }, () => store.jobs.insert(sampleJob())));
    return store.queue.claim({ workerId: 'worker-1', limit: count, leaseMs: LONG_LEASE, now: NOW });
  }

  test('of jobs submitted at once, one whose id is taken is refused and all others are stored', async () => {
    const taken = sampleJob();
    await store.jobs.insert(taken);
    const others = Array.from({ length: 9 }, () => sampleJob());
    const answers = await Promise.allSettled(
      [...others.slice(0, 5), taken, ...others.slice(5)].map((job) => store.jobs.insert(job)),
    );
    expect(answers.map(({ status }) => status)).toEqual(
      answers.map((_, n) => (n === 5 ? 'rejected' : 'fulfilled')),
    );
    expect(answers[5]).toMatchObject({ reason: { code: 'JOB_EXISTS' } });
    expect((await store.jobs.statesOf(others.map(({ id }) => id))).size).toBe(9);
  });

  test('jobs that end at once keep each its own state, result, error and time', async () => {
    const fences = await claimed(6);
    const outcomes = fences.map(
      (_, n): Outcome =>
        n % 2 === 0
          ? { state: 'completed', result: { n, text: 'é' }, errorMessage: null }
          : { state: 'failed', result: null, errorMessage: `error ${n}` },
    );
    const answers = await Promise.all(
      fences.map((fence, n) => store.queue.finish(fence, outcomes[n] as Outcome, NOW + n)),
    );
    expect(answers).toEqual(fences.map(() => true));
    for (const [n, { jobId }] of fences.entries()) {
      const { state, errorMessage, completed } = (await store.jobs.find(jobId)) ?? {};
      const { result } = (await store.jobs.findPayload(jobId)) ?? {};
      expect({ state, errorMessage, result, completed }).toEqual({ ...outcomes[n], completed: NOW + n });
    }
  });

  test('of jobs that end at once, one that is another worker’s by now is refused and all others are stored', async () => {
    const fences = await claimed(6);
    const sent = fences.map((fence, n) => (n === 3 ? { ...fence, workerId: 'worker-2' } : fence));
    const done: Outcome = { state: 'completed', result: null, errorMessage: null };
    expect(await Promise.all(sent.map((fence) => store.queue.finish(fence, done, NOW)))).toEqual(
      sent.map((_, n) => n !== 3),
    );
    const states = await store.jobs.statesOf(fences.map(({ jobId }) => jobId));
    expect(fences.map(({ jobId }) => states.get(jobId))).toEqual(
      fences.map((_, n) => (n === 3 ? 'running' : 'completed')),
    );
  });
});
