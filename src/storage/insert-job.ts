import { JobgateError } from '../core/error.ts';
import type { NewJob } from '../core/job.ts';
import type { Binding, Sql } from './sql.ts';

/** Where a job stands in a chain: 1 for its first, and the id of the job that follows it. */
export interface ChainPlace {
  readonly position: number;
  readonly next: string | null;
}

/** Stores a job within a transaction. Throws JOB_EXISTS for an id that is another user's foreign job; a taken id is a duplicate key. */
export function insertJob(sql: Sql, job: NewJob, chain?: ChainPlace): Promise<void> {
  return insertRows(sql, [job], chain);
}

/** The same for several jobs, in this order; throws as for one. */
export function insertJobs(sql: Sql, jobs: readonly NewJob[]): Promise<void> {
  return insertRows(sql, jobs);
}

async function insertRows(sql: Sql, jobs: readonly NewJob[], chain?: ChainPlace): Promise<void> {
  const row = "(?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?, ?, ?, ?)";
  await sql.change(
    `INSERT INTO jobs (id, group_name, program, type, owner, state, targets, percentages, arguments, parameters,
       chain_position, next_job, created, updated)
     VALUES ${jobs.map(() => row).join(', ')}`,
    jobs.flatMap((job) => valuesOf(job, chain)),
  );
  // After the insert: claimForeignJob writes its row first and then waits for ours, so one of the two sees the other.
  const [foreign] = await sql.rows<{ job_id: string }>(
    `SELECT job_id FROM foreign_jobs WHERE ${jobs.map(() => '(job_id = ? AND owner <> ?)').join(' OR ')}`,
    jobs.flatMap(({ id, owner }) => [id, owner]),
  );
  if (foreign) throw jobExists(foreign.job_id);
}

function valuesOf(job: NewJob, chain: ChainPlace | undefined): Binding[] {
  return [
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
  ];
}

export function jobExists(id: string): JobgateError {
  return new JobgateError('JOB_EXISTS', `there is a job ${id} already`);
}
