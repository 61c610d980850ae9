import type { Caller } from '../../core/caller.ts';
import type { House } from '../dialect.ts';
import { toExecJobResponse } from './run-results.ts';

/** Nobody asks for what is sent: the run's owner has said where to. */
const ANYBODY: Caller = { username: '', role: 'admin' };

/** "Data will be JSON in the execJobResponse format", about the job with which the run has ended. */
export function starfishWebhookBody(house: House): (jobId: string) => Promise<string | undefined> {
  return async (jobId) => {
    const job = await house.jobs.findDetail(ANYBODY, jobId);
    return job && JSON.stringify(await toExecJobResponse(house, ANYBODY, job));
  };
}
