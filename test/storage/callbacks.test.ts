import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Fence } from '../../src/core/job-queue.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { LONG_LEASE, NOW, sampleJob } from './sample-job.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

forEachEngine((engine) => {
  let store: Store;

  beforeAll(async () => {
    store = await engine.openStore();
  });

  /** A job that a worker has. */
  async function held(): Promise<Fence> {
    await store.jobs.insert(sampleJob());
    const [job] = await store.queue.claim({
      workerId: randomUUID(),
      limit: 1,
      leaseMs: LONG_LEASE,
      now: NOW,
    });
    if (!job) throw new Error('there was no job to claim');
    const { jobId, workerId, attempt } = job;
    return { jobId, workerId, attempt };
  }

  async function called(fence: Fence): Promise<string> {
    const tokenHash = hashOf(randomUUID());
    await store.callbacks.insert({ ...fence, tokenHash, created: NOW });
    return tokenHash;
  }

  const finish = (fence: Fence) =>
    store.queue.finish(fence, { state: 'completed', result: null, errorMessage: null }, NOW);

  test('a callback is found by its hash alone, letter for letter', async () => {
    const fence = await held();
    const tokenHash = await called(fence);
    const callback = { ...fence, tokenHash, accepted: false, outcome: null, created: NOW };
    expect(await store.callbacks.find(tokenHash)).toEqual(callback);
    expect(await store.callbacks.find(tokenHash.toUpperCase())).toBeUndefined();
    expect(await store.callbacks.find(`${tokenHash} `)).toBeUndefined();
    await store.callbacks.accept(tokenHash);
    expect(await store.callbacks.find(tokenHash)).toEqual({ ...callback, accepted: true });
  });

  test('an outcome is stored once, and not for a job that has ended', async () => {
    const fence = await held();
    const [first, second] = [await called(fence), await called(fence)];
    expect(await store.callbacks.settle(first, { result: { a: ['😀'] } })).toBe(true);
    expect(await store.callbacks.settle(first, { error: 'after all' })).toBe(false);
    expect(await store.callbacks.outcomes([first, second, hashOf('nobody')])).toEqual(
      new Map([[first, { result: { a: ['😀'] } }]]),
    );
    await finish(fence);
    expect(await store.callbacks.settle(second, { result: 1 })).toBe(false);
    expect(await store.callbacks.outcomes([])).toEqual(new Map());
  });

  test('an outcome is stored while its job waits for another worker, and not once that has it', async () => {
    const fence = await held();
    const [first, second] = [await called(fence), await called(fence)];
    await store.queue.giveBack(fence, NOW);
    expect(await store.callbacks.settle(first, { result: 1 })).toBe(true);
    await store.queue.claim({ workerId: 'next', limit: 1, leaseMs: LONG_LEASE, now: NOW });
    expect(await store.callbacks.settle(second, { result: 1 })).toBe(false);
  });

  test('an accepted call is taken over by a later attempt only', async () => {
    const fence = await held();
    const tokenHash = await called(fence);
    const next = { ...fence, workerId: 'next', attempt: 2 };
    expect(await store.callbacks.takeOver(next)).toBeUndefined();
    await store.callbacks.accept(tokenHash);
    expect(await store.callbacks.takeOver(next)).toMatchObject({ tokenHash, created: NOW, outcome: null });
    expect(await store.callbacks.find(tokenHash)).toMatchObject({ workerId: 'next', attempt: 2 });
    await store.callbacks.takeOver(fence);
    expect(await store.callbacks.find(tokenHash)).toMatchObject({ workerId: 'next', attempt: 2 });
  });

  test('what has an outcome is taken over before what was accepted later, and stays as it is', async () => {
    const fence = await held();
    const [ended, accepted] = [await called(fence), await called({ ...fence, attempt: 2 })];
    await store.callbacks.settle(ended, { error: 'no mail server' });
    await store.callbacks.accept(accepted);
    const found = await store.callbacks.takeOver({ ...fence, attempt: 3 });
    expect(found).toMatchObject({ tokenHash: ended, outcome: { error: 'no mail server' }, attempt: 1 });
    expect(await store.callbacks.find(ended)).toMatchObject({ attempt: 1 });
  });

  test('a call is superseded by one of a later attempt', async () => {
    const fence = await held();
    const first = await store.callbacks.find(await called(fence));
    if (!first) throw new Error('it was not stored');
    expect(await store.callbacks.isSuperseded(first)).toBe(false);
    await called({ ...fence, attempt: 2 });
    expect(await store.callbacks.isSuperseded(first)).toBe(true);
  });

  test('only those of jobs that have ended or are gone are forgotten', async () => {
    await store.callbacks.purge();
    const [open, ended] = [await held(), await held()];
    const [kept, over] = [await called(open), await called(ended)];
    const gone = await called({ ...ended, jobId: randomUUID() });
    await finish(ended);
    expect(await store.callbacks.purge()).toBe(2);
    expect(await store.callbacks.find(kept)).toBeDefined();
    expect(await store.callbacks.find(over)).toBeUndefined();
    expect(await store.callbacks.find(gone)).toBeUndefined();
  });
});
