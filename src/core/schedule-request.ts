import type { Caller } from './caller.ts';
import { JobgateError } from './error.ts';
import { checkScheduleName, checkText, TEXT_LIMITS } from './identifiers.ts';
import type { JobParameter, Json } from './job.ts';
import type { ProgramCatalogue } from './program.ts';
import type { Schedule, SchedulePayload, ScheduleType } from './schedule.ts';
import { newJob } from './submission.ts';

/** What a client asks to be run again and again. */
export interface ScheduleRequest {
  readonly name: string;
  readonly description: string;
  readonly type: ScheduleType;
  readonly program: string;
  readonly arguments: readonly Json[];
  readonly parameters?: readonly JobParameter[];
  /** Null = on demand only. */
  readonly cron: string | null;
  readonly timeZone: string;
}

/** Bytes of arguments and parameters, as JSON: every run stores them anew. */
const LARGEST_PAYLOAD = 1_048_576;

/** Throws PROGRAM_NOT_FOUND, INVALID_ARGUMENT. */
export function checkScheduleRequest(
  caller: Caller,
  request: ScheduleRequest,
  programs: ProgramCatalogue,
  now: number,
): Pick<Schedule, 'name' | 'description' | 'type' | 'program' | 'cron' | 'timeZone'> & SchedulePayload {
  const { type, cron, timeZone, ...work } = request;
  // The job of each run must be one that can be submitted.
  const {
    program,
    arguments: values,
    parameters,
  } = newJob(caller, { ...work, group: null, targets: [] }, programs, now);
  if (Buffer.byteLength(JSON.stringify([values, parameters])) > LARGEST_PAYLOAD) {
    throw new JobgateError(
      'INVALID_ARGUMENT',
      `the arguments and parameters together must be at most ${LARGEST_PAYLOAD} bytes of JSON`,
    );
  }
  return {
    name: checkScheduleName('the name of the schedule', request.name),
    description: checkText('the description', request.description, TEXT_LIMITS.description),
    ...{ type, program, cron, timeZone, arguments: values, parameters },
  };
}
