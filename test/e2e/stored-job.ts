import type { JobState } from '../../src/core/job-state.ts';
import type { TestEngine } from '../support/engines.ts';

export interface StoredJob {
  readonly state: JobState;
  readonly worker_id: string | null;
  readonly attempt: number;
  readonly losses: number;
}

/** What the store holds of a job and no client is told. */
export async function storedJob(engine: TestEngine, url: string, jobId: string): Promise<StoredJob> {
  const [job] = await engine.query<StoredJob>(
    url,
    `SELECT state, worker_id, attempt, losses FROM jobs WHERE id = '${jobId}'`,
  );
  if (!job) throw new Error(`there is no job ${jobId}`);
  return job;
}
