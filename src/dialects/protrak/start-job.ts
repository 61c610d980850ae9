import type { Caller } from '../../core/caller.ts';
import { HttpError } from '../../http/http-error.ts';
import type { House } from '../dialect.ts';
import type { ProgramCall } from './read-async-job.ts';

/**
 * Stores the job and returns its id. Also for a program that there is not, or that is not published: the
 * source has such a job end Failed. Throws HttpError 413 for arguments over the limit.
 */
export async function startJob(
  { jobs, protrak }: House,
  caller: Caller,
  { programName, arguments: values }: ProgramCall,
): Promise<string> {
  const bytes = Buffer.byteLength(JSON.stringify(values));
  if (bytes > protrak.maxArgumentsBytes) {
    throw new HttpError(
      413,
      'BODY_TOO_LARGE',
      `the arguments have ${bytes} bytes of JSON; at most ${protrak.maxArgumentsBytes} are allowed`,
    );
  }
  return jobs.submit(caller, { group: null, program: programName, arguments: values, targets: [] }, 'fails');
}
