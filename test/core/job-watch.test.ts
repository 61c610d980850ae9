import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { JobgateError } from '../../src/core/error.ts';
import { isFinal } from '../../src/core/job-state.ts';
import { JobWatch } from '../../src/core/job-watch.ts';
import { newJob } from '../../src/core/submission.ts';
import { moduleProgram } from '../support/module-program.ts';
import { ANN, type Core, coreUnderTest } from './core-under-test.ts';

const PROGRAMS = new Map([['walk', moduleProgram('walk', '/walk.js')]]);
const LONG = { ms: 10_000 };

let core: Core;
let watch: JobWatch;

beforeEach(async () => {
  core = await coreUnderTest();
  watch = new JobWatch(core.store.jobs);
});

afterEach(async () => {
  watch.close();
  await core.close();
});

async function queuedJob(): Promise<string> {
  const job = newJob(
    ANN,
    { group: null, program: 'walk', arguments: [], targets: [] },
    PROGRAMS,
    core.clock(),
  );
  await core.store.jobs.insert(job);
  return job.id;
}

test('a wait ends when the job has reached what was waited for', async () => {
  const id = await queuedJob();
  const ended = watch.until(id, isFinal, LONG);
  await core.finish(await core.claim(id));
  expect(await ended).toBe(true);
});

test('a wait for what is there already ends at once', async () => {
  const id = await queuedJob();
  expect(await watch.until(id, (state) => state === 'queued', LONG)).toBe(true);
});

test('a wait for a job that is not there, or is removed, ends as well', async () => {
  expect(await watch.until('nobody', isFinal, LONG)).toBe(true);
});

test('a wait ends without success when its time is up', async () => {
  expect(await watch.until(await queuedJob(), isFinal, { ms: 30 })).toBe(false);
});

test('a wait that has no time is over before it begins', async () => {
  expect(await watch.until(await queuedJob(), () => true, { ms: 0 })).toBe(false);
});

test('a wait ends without success when whoever waits has left', async () => {
  const left = new AbortController();
  const ended = watch.until(await queuedJob(), isFinal, { ...LONG, signal: left.signal });
  left.abort();
  expect(await ended).toBe(false);
});

test('closing ends every wait, and those that come after', async () => {
  const id = await queuedJob();
  const ended = watch.until(id, isFinal, LONG);
  watch.close();
  expect(await ended).toBe(false);
  expect(await watch.until(id, isFinal, LONG)).toBe(false);
});

test('many who wait are looked after with one statement a look', async () => {
  const ids = await Promise.all(Array.from({ length: 30 }, queuedJob));
  const statesOf = vi.fn((asked: readonly string[]) => core.store.jobs.statesOf(asked));
  watch = new JobWatch({ statesOf });
  const waits = ids.map((id) => watch.until(id, isFinal, LONG));
  for (const id of ids) await core.store.jobs.cancelWaiting(id, core.clock());
  expect(await Promise.all(waits)).toEqual(ids.map(() => true));
  expect(statesOf.mock.calls.length).toBeLessThan(6);
});

test('a store that is away only delays a wait', async () => {
  const id = await queuedJob();
  const statesOf = vi
    .fn((asked: readonly string[]) => core.store.jobs.statesOf(asked))
    .mockRejectedValueOnce(new JobgateError('STORE_UNAVAILABLE', 'away'));
  watch = new JobWatch({ statesOf });
  expect(await watch.until(id, (state) => state === 'queued', LONG)).toBe(true);
  expect(statesOf).toHaveBeenCalledTimes(2);
});

test('any other error of the store is told to whoever waits', async () => {
  watch = new JobWatch({ statesOf: () => Promise.reject(new Error('no such table')) });
  await expect(watch.until(await queuedJob(), isFinal, LONG)).rejects.toThrow('no such table');
});
