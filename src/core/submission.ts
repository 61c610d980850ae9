import { randomUUID } from 'node:crypto';
import type { Caller } from './caller.ts';
import { JobgateError } from './error.ts';
import { checkGroup, checkParameters, checkTargetId, checkText, TEXT_LIMITS } from './identifiers.ts';
import type { JobParameter, JobType, Json, NewJob } from './job.ts';
import type { ProgramCatalogue } from './program.ts';

/** What a client asks to be run. */
export interface Submission {
  /** Null or empty (some stubs cannot send null) = the job's own id becomes the group. */
  readonly group: string | null;
  readonly program: string;
  readonly arguments: readonly Json[];
  readonly targets: readonly string[];
  readonly parameters?: readonly JobParameter[];
  /** Absent = what the program declares. */
  readonly type?: JobType;
  /** `created`: stored, and left alone until it is released. Absent = `queued`. */
  readonly state?: 'created' | 'queued';
}

/** Whether a program that the catalogue has not, or has not published, is refused, or makes a job that fails. */
export type UnknownProgram = 'refused' | 'fails';

/** The job that a submission makes. Throws PROGRAM_NOT_FOUND, INVALID_ARGUMENT. */
export function newJob(
  caller: Caller,
  submission: Submission,
  programs: ProgramCatalogue,
  now: number,
  unknownProgram: UnknownProgram = 'refused',
): NewJob {
  const { parameters = [] } = submission;
  const program = programs.get(submission.program);
  if (unknownProgram === 'refused' && !program?.published) throw noSuchProgram(submission.program);
  const id = randomUUID();
  checkPayload(submission);
  return {
    id,
    group: checkGroup('the job group', submission.group || id),
    program: checkText('the program', submission.program, TEXT_LIMITS.program),
    owner: caller.username,
    arguments: submission.arguments.map(checkArgument),
    targets: submission.targets.map((target, index) => checkTargetId(`target ${index + 1}`, target)),
    parameters: checkParameters(parameters),
    type: submission.type ?? program?.type ?? 'program',
    state: submission.state ?? 'queued',
    created: now,
  };
}

export function noSuchProgram(name: string): JobgateError {
  return new JobgateError('PROGRAM_NOT_FOUND', `there is no program named "${excerpt(name)}"`);
}

/**
 * Bytes of arguments and targets together, as JSON. A statement may have 16 MiB on a MariaDB as it
 * comes, and in it every quotation mark and backslash stands twice.
 */
const LARGEST_PAYLOAD = 7 * 1024 * 1024;

function checkPayload({ arguments: values, targets }: Submission): void {
  if (Buffer.byteLength(JSON.stringify([values, targets])) <= LARGEST_PAYLOAD) return;
  throw new JobgateError(
    'INVALID_ARGUMENT',
    `the arguments and targets together must be at most ${LARGEST_PAYLOAD} bytes of JSON`,
  );
}

function checkArgument(argument: Json, index: number): Json {
  return typeof argument === 'string'
    ? checkText(`argument ${index + 1}`, argument, TEXT_LIMITS.argument)
    : argument;
}

/** A caller's text, short enough for a message. */
function excerpt(text: string): string {
  return text.length <= 64 ? text : `${text.slice(0, 64).toWellFormed()}…`;
}
