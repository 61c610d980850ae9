import { randomUUID } from 'node:crypto';
import { type Batches, readFirst } from './batches.ts';
import { type Caller, maySee } from './caller.ts';
import type { Clock } from './clock.ts';
import { JobgateError } from './error.ts';
import { checkGroup, checkJobId, checkTargetId, checkText, TEXT_LIMITS } from './identifiers.ts';
import type { Job, Json, TargetProgress } from './job.ts';
import { HELD_STATES, isFinal } from './job-state.ts';
import type { JobStore } from './job-store.ts';
import type { ProgramCatalogue } from './program.ts';

/** Told of what a worker in this process would otherwise learn at its next look at the store. */
export interface WorkSignal {
  queued(): void;
  cancelling(jobId: string): void;
}

export interface Submission {
  /** Null or empty (some stubs cannot send null) = the job's own id becomes the group. */
  readonly group: string | null;
  readonly program: string;
  readonly arguments: readonly Json[];
  readonly targets: readonly string[];
}

/** What callers may do with jobs. Somebody else's job is, to a user, a job that does not exist. */
export class Jobs {
  readonly #store: JobStore;
  readonly #catalogue: ProgramCatalogue;
  readonly #clock: Clock;
  readonly #signal: WorkSignal;

  constructor(store: JobStore, catalogue: ProgramCatalogue, clock: Clock, signal: WorkSignal) {
    this.#store = store;
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Queues a job and returns its id. Throws PROGRAM_NOT_FOUND, INVALID_ARGUMENT. */
  async submit(caller: Caller, submission: Submission): Promise<string> {
    if (!this.#catalogue.has(submission.program)) {
      throw new JobgateError(
        'PROGRAM_NOT_FOUND',
        `there is no program named "${excerpt(submission.program)}"`,
      );
    }
    const id = randomUUID();
    checkPayload(submission);
    await this.#store.insert({
      id,
      group: checkGroup('the job group', submission.group || id),
      program: submission.program,
      owner: caller.username,
      arguments: submission.arguments.map(checkArgument),
      targets: submission.targets.map((target, index) => checkTargetId(`target ${index + 1}`, target)),
      created: this.#clock(),
    });
    this.#signal.queued();
    return id;
  }

  /** Undefined when there is no such job, or it is not the caller's to see. */
  async find(caller: Caller, id: string): Promise<Job | undefined> {
    return visible(caller, await this.#store.find(checkJobId('the job id', id)));
  }

  async findWithTargets(caller: Caller, id: string): Promise<(Job & TargetProgress) | undefined> {
    return visible(caller, await this.#store.findWithTargets(checkJobId('the job id', id)));
  }

  /** The caller's jobs in order of insertion, or everybody's: PERMISSION_DENIED unless the caller is an administrator. */
  async list(caller: Caller, scope: { everybody: boolean; held: boolean }): Promise<Batches<Job>> {
    if (scope.everybody && caller.role !== 'admin') {
      throw new JobgateError('PERMISSION_DENIED', 'only an administrator may list the jobs of all users');
    }
    return readFirst(
      this.#store.list({
        ...(scope.everybody ? {} : { owner: caller.username }),
        ...(scope.held ? { states: HELD_STATES } : {}),
      }),
    );
  }

  /**
   * Asks for the job to be stopped: at once when no worker has it, else as soon as its
   * worker stops it. Asking again is no error until the job has ended (JOB_ALREADY_FINISHED).
   */
  async kill(caller: Caller, id: string): Promise<void> {
    const job = await this.#require(caller, id);
    if (isFinal(job.state)) throw alreadyFinished(id);
    const state = await this.#store.requestCancel(id, this.#clock());
    if (state === 'unknown') throw notFound(id);
    if (state === 'cancelling') this.#signal.cancelling(id);
    else if (state !== 'cancelled') throw alreadyFinished(id);
  }

  /** A null comment clears it. */
  async setComment(caller: Caller, id: string, comment: string | null): Promise<void> {
    if (comment !== null) checkText('the comment', comment, TEXT_LIMITS.comment);
    await this.#require(caller, id);
    if (!(await this.#store.setComment(id, comment, this.#clock()))) throw notFound(id);
  }

  /** Deletes a finished job and its records. Throws JOB_NOT_FINISHED, JOB_NOT_FOUND. */
  async remove(caller: Caller, id: string): Promise<void> {
    const job = await this.#require(caller, id);
    if (!isFinal(job.state)) throw new JobgateError('JOB_NOT_FINISHED', `job ${id} has not finished`);
    if (!(await this.#store.remove(id))) throw notFound(id);
  }

  async #require(caller: Caller, id: string): Promise<Job> {
    const job = await this.find(caller, id);
    if (!job) throw notFound(id);
    return job;
  }
}

function visible<T extends Job>(caller: Caller, job: T | undefined): T | undefined {
  return job && maySee(caller, job.owner) ? job : undefined;
}

function notFound(id: string): JobgateError {
  return new JobgateError('JOB_NOT_FOUND', `there is no job ${id}`);
}

function alreadyFinished(id: string): JobgateError {
  return new JobgateError('JOB_ALREADY_FINISHED', `job ${id} has already finished`);
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
