import { randomUUID } from 'node:crypto';
import type { NewJob } from '../../src/core/job.ts';
import type { ClaimedJob, JobQueue } from '../../src/core/job-queue.ts';
import type { NewRecord } from '../../src/core/status-record.ts';
import type { Store } from '../../src/storage/open-store.ts';

export const NOW = 1_700_000_000_123;
/** Longer than any test: such a lease does not run out. */
export const LONG_LEASE = 600_000;

/** A job of its own group unless told otherwise. */
export function sampleJob(more: Partial<NewJob> = {}): NewJob {
  const id = more.id ?? randomUUID();
  return {
    id,
    group: id,
    program: 'walk',
    owner: 'alice',
    arguments: [],
    targets: ['a', 'b'],
    parameters: [],
    type: 'program',
    state: 'queued',
    created: NOW,
    ...more,
  };
}

export function sampleRecord(more: Partial<NewRecord> = {}): NewRecord {
  const jobId = more.jobId ?? randomUUID();
  return {
    jobId,
    group: jobId,
    targetId: 'device-1',
    errorCode: 0,
    errorMessage: null,
    username: 'alice',
    created: NOW,
    ...more,
  };
}

/** Claims exactly one job; the store must hold no other queued job. */
export async function claimOne(
  queue: JobQueue,
  more: { workerId?: string; leaseMs?: number } = {},
): Promise<ClaimedJob> {
  const claimed = await queue.claim({
    workerId: 'worker-1',
    limit: 2,
    leaseMs: LONG_LEASE,
    now: NOW + 10,
    ...more,
  });
  const [job] = claimed;
  if (!job || claimed.length !== 1) throw new Error(`claimed ${claimed.length} jobs, not one`);
  return job;
}

/** Inserts a job, runs it and finishes it; the store must hold no other queued job. */
export async function finishedJob(store: Store, more: Partial<NewJob> = {}): Promise<NewJob> {
  const job = sampleJob(more);
  await store.jobs.insert(job);
  const fence = await claimOne(store.queue);
  await store.queue.finish(fence, { state: 'completed', result: null, errorMessage: null }, NOW + 20);
  return job;
}

/** All items of a page, however it came. */
export async function itemsOf<T>(items: readonly T[] | AsyncIterable<readonly T[]>): Promise<T[]> {
  if (Array.isArray(items)) return items;
  const all: T[] = [];
  for await (const batch of items as AsyncIterable<readonly T[]>) all.push(...batch);
  return all;
}
