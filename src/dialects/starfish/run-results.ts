import type { Caller } from '../../core/caller.ts';
import { type JobDetail, parameterOf } from '../../core/job.ts';
import type { LogLine } from '../../core/job-queue.ts';
import type { House } from '../dialect.ts';
import { type ExecJobResponse, toResultsResponse } from './wire.ts';

/** Jobs of a run that are shown, at most; a chain has as many as the catalogue says. */
const MOST_JOBS = 1_000;

const WHOLE = { skip: 0, take: MOST_JOBS };

/** The jobs that the caller has under a run ID, in the order in which they run. */
export async function jobsOfRun(house: House, caller: Caller, runID: string): Promise<readonly JobDetail[]> {
  return (await house.jobs.page(caller, { group: runID, own: true }, 'oldest', WHOLE)).jobs;
}

/**
 * The jobs under a run ID that the caller may see. An administrator's own run stays apart from those that
 * others have under the same ID: a client of its own polls for the one that it began.
 */
export async function visibleJobsOfRun(
  house: House,
  caller: Caller,
  runID: string,
): Promise<readonly JobDetail[]> {
  const own = await jobsOfRun(house, caller, runID);
  if (own.length > 0 || caller.role !== 'admin') return own;
  return (await house.jobs.page(caller, { group: runID }, 'oldest', WHOLE)).jobs;
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
