import type { Caller } from '../../core/caller.ts';
import type { JobDetail } from '../../core/job.ts';
import { isFinal } from '../../core/job-state.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { holdAnswer } from '../../http/hold-answer.ts';
import { ClientGone, HttpError } from '../../http/http-error.ts';
import type { House } from '../dialect.ts';
import { retryAfter } from './errors.ts';
import type { RunRequest } from './run-request.ts';
import { jobsOfRun, toExecJobResponse } from './run-results.ts';
import { startRun } from './start-run.ts';
import { type ExecJobResponse, refusedExecJobResponse } from './wire.ts';

/**
 * "Executes a Job in synchronous mode. The response will be returned once the job execution completes." A client
 * that leaves ends only the waiting, and the same request sent again waits on. Of a chain it is the
 * last job that ran that is answered for.
 */
export async function executeJob(
  ctx: HttpContext,
  house: House,
  caller: Caller,
  request: RunRequest,
): Promise<{ readonly started: boolean; readonly response: ExecJobResponse }> {
  const { runID } = request;
  const error = await startRun(house, caller, request, null);
  if (error !== undefined) return { started: false, response: refusedExecJobResponse(runID, error) };
  await holdAnswer(ctx, (signal) => runEnd(house, caller, runID, signal));
  const last = lastThatRan(await jobsOfRun(house, caller, runID));
  // Removed, by its owner, while this client waited for it.
  if (!last) return { started: false, response: refusedExecJobResponse(runID, 'The run was removed.') };
  return { started: true, response: await toExecJobResponse(house, caller, last) };
}

/** Where a job fails, those behind it are cancelled: every one of them ends. */
async function runEnd(house: House, caller: Caller, runID: string, signal: AbortSignal): Promise<void> {
  for (const { id } of await jobsOfRun(house, caller, runID)) {
    const ended = await house.watch.until(id, isFinal, { ms: Number.POSITIVE_INFINITY, signal });
    if (signal.aborted) throw new ClientGone('the client left before its job had ended');
    if (!ended) {
      throw new HttpError(
        503,
        'TOO_BUSY',
        'The server is stopping; the job goes on. Send the request again to wait for its end.',
        retryAfter(),
      );
    }
  }
}

function lastThatRan(jobs: readonly JobDetail[]): JobDetail | undefined {
  return jobs.findLast(({ started }) => started !== null) ?? jobs[0];
}
