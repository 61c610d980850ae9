import { JobgateError } from '../core/error.ts';
import type { NewJob } from '../core/job.ts';
import type { Sql } from './sql.ts';

/** Where a job stands in a chain: 1 for its first, and the id of the job that follows it. */
export interface ChainPlace {
  readonly position: number;
  readonly next: string | null;
}

/** Stores a job within a transaction. Throws JOB_EXISTS for an id that is another user's foreign job; a taken id is a duplicate key. */
export async function insertJob(sql: Sql, job: NewJob, chain?: ChainPlace): Promise<void> {
  await sql.change(
    `INSERT INTO jobs (id, group_name, program, type, owner, state, targets, percentages, arguments, parameters,
       chain_position, next_job, created, updated)
     VALUES (?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?, ?, ?, ?)`,
    [
      job.id,
      job.group,
      job.program,
      job.type,
      job.owner,
      job.state,
      JSON.stringify(job.targets),
      JSON.stringify(job.arguments),
      job.parameters.length > 0 ? JSON.stringify(job.parameters) : null,
      chain?.position ?? null,
      chain?.next ?? null,
      job.created,
      job.created,
    ],
  );
  // After the insert: claimForeignJob writes its row first and then waits for ours, so one of the two sees the other.
  const foreign = await sql.rows('SELECT 1 FROM foreign_jobs WHERE job_id = ? AND owner <> ?', [
    job.id,
    job.owner,
  ]);
  if (foreign.length > 0) throw jobExists(job.id);
}

export function jobExists(id: string): JobgateError {
  return new JobgateError('JOB_EXISTS', `there is a job ${id} already`);
}
