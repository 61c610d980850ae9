import type { Caller } from '../../core/caller.ts';
import { type JobDetail, parameterOf } from '../../core/job.ts';
import type { LogLine } from '../../core/job-queue.ts';
import type { House } from '../dialect.ts';
import { type ExecJobResponse, toResultsResponse } from './wire.ts';

/** Jobs of a run that are shown, at most; a chain has as many as the catalogue says. */
const MOST_JOBS = 1_000;

/** The jobs that the caller has under a run ID, in the order in which they run. */
export async function jobsOfRun(house: House, caller: Caller, runID: string): Promise<readonly JobDetail[]> {
  const range = { skip: 0, take: MOST_JOBS };
  const { jobs } = await house.jobs.page(caller, { group: runID, own: true }, 'oldest', range);
  return jobs;
}

export async function toExecJobResponse(
  house: House,
  caller: Caller,
  job: JobDetail,
): Promise<ExecJobResponse> {
  return {
    ...toResultsResponse(job, Date.now()),
    // Who cancels a job gives no reason.
    error: job.errorMessage ?? (job.state === 'cancelled' ? 'The job was cancelled.' : null),
    log: await logOf(house, caller, job),
  };
}

/** "The verbosity of the log returned", which at 0 is an empty one. */
async function logOf(house: House, caller: Caller, { id, parameters }: JobDetail): Promise<string> {
  const level = Number(parameterOf(parameters, 'loggingLevel') ?? 0);
  if (!isLogLevel(level)) return '';
  const lines = await house.jobs.log(caller, id, level);
  return lines.map(({ text }) => text).join('\n');
}

function isLogLevel(level: number): level is LogLine['level'] {
  return level === 1 || level === 2 || level === 3;
}
