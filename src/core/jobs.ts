import { type Batches, readFirst } from './batches.ts';
import { type Caller, maySee } from './caller.ts';
import type { Clock } from './clock.ts';
import { JobgateError } from './error.ts';
import { checkJobId, checkParameters, checkText, TEXT_LIMITS } from './identifiers.ts';
import type { Job, JobDetail, JobPayload, TargetProgress } from './job.ts';
import type { LogLine } from './job-queue.ts';
import { HELD_STATES, isFinal, type JobState } from './job-state.ts';
import type { JobAmendment, JobOrder, JobPage, JobRange, JobStore } from './job-store.ts';
import type { ProgramCatalogue } from './program.ts';
import { newJob, noSuchProgram, type Submission, type UnknownProgram } from './submission.ts';

/** Told of what a worker in this process would otherwise learn at its next look at the store. */
export interface WorkSignal {
  queued(): void;
  cancelling(jobId: string): void;
}

/** Which of the jobs that a caller may see a page is taken from; an absent member does not narrow it. */
export interface PageScope {
  readonly group?: string;
  readonly states?: readonly JobState[];
  /** Only the caller's own, also for an administrator. */
  readonly own?: boolean;
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

  /** Stores a job and returns its id. Throws PROGRAM_NOT_FOUND, INVALID_ARGUMENT. */
  async submit(
    caller: Caller,
    submission: Submission,
    unknownProgram: UnknownProgram = 'refused',
  ): Promise<string> {
    const job = newJob(caller, submission, this.#catalogue, this.#clock(), unknownProgram);
    await this.#store.insert(job);
    if (job.state === 'queued') this.#signal.queued();
    return job.id;
  }

  /** Queues a new job like this one, in its group and its owner's name, and returns its id. Throws as `submit`. */
  async retry(caller: Caller, id: string): Promise<string> {
    const job = await this.findDetail(caller, id);
    const payload = job && (await this.#store.findPayload(id));
    if (!payload) throw notFound(id);
    const { group, program, type, parameters, owner } = job;
    const { arguments: values, targets } = payload;
    return this.submit(
      { ...caller, username: owner },
      { group: group === id ? null : group, program, type, parameters, arguments: values, targets },
    );
  }

  /** Undefined when there is no such job, or it is not the caller's to see. */
  async find(caller: Caller, id: string): Promise<Job | undefined> {
    return visible(caller, await this.#store.find(checkJobId('the job id', id)));
  }

  async findWithTargets(caller: Caller, id: string): Promise<(Job & TargetProgress) | undefined> {
    return visible(caller, await this.#store.findWithTargets(checkJobId('the job id', id)));
  }

  async findDetail(caller: Caller, id: string): Promise<JobDetail | undefined> {
    return visible(caller, await this.#store.findDetail(checkJobId('the job id', id)));
  }

  /** What went in and came out of a job that the caller may see. Throws JOB_NOT_FOUND. */
  async payload(caller: Caller, id: string): Promise<JobPayload> {
    await this.#require(caller, id);
    const payload = await this.#store.findPayload(id);
    if (!payload) throw notFound(id);
    return payload;
  }

  /** What the job's program logged, up to `level`. Throws JOB_NOT_FOUND. */
  async log(caller: Caller, id: string, level: LogLine['level']): Promise<LogLine[]> {
    await this.#require(caller, id);
    return this.#store.readLog(id, level);
  }

  /** A page of the jobs that the caller may see. Throws INVALID_PAGINATION. */
  async page(
    caller: Caller,
    { own, ...scope }: PageScope,
    order: JobOrder,
    range: JobRange,
  ): Promise<JobPage> {
    for (const [name, value] of Object.entries(range)) {
      if (value < 0) throw new JobgateError('INVALID_PAGINATION', `${name} must be 0 or more, not ${value}`);
    }
    const narrowed = own || caller.role !== 'admin' ? { ...scope, owner: caller.username } : scope;
    return this.#store.page(narrowed, order, range);
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

  /**
   * Stops a job before a worker has it. Throws JOB_TAKEN once one has, when it has ended, and where `lastUpdated` is given
   * (ms UTC) and somebody has changed it since then.
   */
  async cancelWaiting(caller: Caller, id: string, lastUpdated?: number): Promise<void> {
    const job = await this.#require(caller, id);
    if (isFinal(job.state)) throw taken(id, job.state);
    const state = await this.#store.cancelWaiting(id, this.#clock(), lastUpdated);
    if (state === 'unknown') throw notFound(id);
    if (state === 'created' || state === 'queued') throw changed(id);
    if (state !== 'cancelled') throw taken(id, state);
  }

  /** Changes a job that no worker has taken. Throws JOB_TAKEN, PROGRAM_NOT_FOUND, INVALID_ARGUMENT. */
  async amend(caller: Caller, id: string, amendment: JobAmendment): Promise<void> {
    await this.#require(caller, id);
    if (!this.#catalogue.get(amendment.program)?.published) throw noSuchProgram(amendment.program);
    checkParameters(amendment.parameters);
    const found = await this.#store.amend(id, amendment, this.#clock());
    if (found === 'unknown') throw notFound(id);
    if (found === 'changed') throw changed(id);
    if (found !== 'amended') throw taken(id, found);
    if (amendment.state === 'queued') this.#signal.queued();
  }

  async markRead(caller: Caller, id: string): Promise<void> {
    await this.#require(caller, id);
    if (!(await this.#store.markRead(id))) throw notFound(id);
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

function changed(id: string): JobgateError {
  return new JobgateError('JOB_TAKEN', `job ${id} has just been changed by somebody else`);
}

function taken(id: string, state: JobState): JobgateError {
  const why = {
    created: 'waits for another job',
    queued: 'is queued already',
    running: 'is being processed',
    cancelling: 'is being processed',
    completed: 'has finished',
    failed: 'has finished',
    cancelled: 'has finished',
    abandoned: 'has finished',
  } as const satisfies Record<JobState, string>;
  return new JobgateError('JOB_TAKEN', `job ${id} ${why[state]}; it can no longer be changed`);
}
