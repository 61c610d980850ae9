import { randomUUID } from 'node:crypto';
import type { Store } from '../../src/storage/open-store.ts';
import { claimOne, NOW, sampleJob } from '../storage/sample-job.ts';

export interface SentRun {
  readonly jobId: string;
  readonly webhookId: string;
}

/** When the jobs of endedRun end, and their webhooks become due. */
export const ENDED = NOW + 20;

/** Submits a job with a webhook. */
export async function submittedRun(store: Store, url: string, format = 'test'): Promise<SentRun> {
  const job = sampleJob();
  const webhookId = `msg_${randomUUID().replaceAll('-', '')}`;
  await store.jobs.insertRun({
    key: job.id,
    fingerprint: 'f'.repeat(64),
    owner: job.owner,
    jobs: [job],
    webhook: { id: webhookId, url, format },
  });
  return { jobId: job.id, webhookId };
}

/** Submits a job with a webhook, runs it and ends it; the store must hold no queued job. */
export async function endedRun(store: Store, url: string, format?: string): Promise<SentRun> {
  const run = await submittedRun(store, url, format);
  const fence = await claimOne(store.queue);
  await store.queue.finish(fence, { state: 'completed', result: null, errorMessage: null }, ENDED);
  return run;
}
