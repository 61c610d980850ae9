import { type Caller, maySee } from './caller.ts';
import type { Clock } from './clock.ts';
import { JobgateError } from './error.ts';
import { checkGroup, checkJobId, checkTargetId, checkText, TEXT_LIMITS } from './identifiers.ts';
import type { JobStore } from './job-store.ts';
import type { RecordPage, RecordStore } from './record-store.ts';
import type { StatusRecord } from './status-record.ts';

export interface RecordInput {
  readonly jobId: string;
  /** Null or empty = the job's group, or the job id where the store does not know the job. */
  readonly group: string | null;
  readonly targetId: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/** A page as a client asks for it: `max` -1 = all. */
export interface PageRequest {
  readonly offset: number;
  readonly max: number;
}

/**
 * Status records. Any signed-in user lists them; one is added to a job by the job's owner
 * or an administrator. A job id that the store does not know (an operation run elsewhere)
 * belongs to whoever adds its first record.
 */
export class Records {
  readonly #records: RecordStore;
  readonly #jobs: JobStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, jobs: JobStore, clock: Clock) {
    this.#records = records;
    this.#jobs = jobs;
    this.#clock = clock;
  }

  /** Returns the record as stored. Throws JOB_NOT_FOUND, also for somebody else's job; INVALID_ARGUMENT. */
  async add(caller: Caller, input: RecordInput): Promise<StatusRecord> {
    const jobId = checkJobId('the job id', input.jobId);
    const askedGroup = input.group ? checkGroup('the job group', input.group) : jobId;
    const record = {
      jobId,
      targetId: checkTargetId('the target id', input.targetId),
      errorCode: input.errorCode,
      errorMessage:
        input.errorMessage === null
          ? null
          : checkText('the error message', input.errorMessage, TEXT_LIMITS.recordErrorMessage),
      username: caller.username,
      created: this.#clock(),
    };
    const job = await this.#jobs.find(jobId);
    const owner = job ? job.owner : await this.#records.claimForeignJob(jobId, caller.username);
    if (!maySee(caller, owner)) throw new JobgateError('JOB_NOT_FOUND', `there is no job ${jobId}`);
    // A group other than the known job's gives way to the job's.
    return this.#records.add({ group: job ? job.group : askedGroup, ...record }, job ? 'known' : 'foreign');
  }

  /** An unknown job has an empty list. */
  async listByJob(jobId: string, page: PageRequest): Promise<RecordPage> {
    return this.#records.pageByJob(checkJobId('the job id', jobId), rangeOf(page));
  }

  /** An unknown group has an empty list. */
  async listByGroup(group: string, page: PageRequest): Promise<RecordPage> {
    if (group === '') throw new JobgateError('INVALID_ARGUMENT', 'the job group is missing');
    return this.#records.pageByGroup(checkGroup('the job group', group), rangeOf(page));
  }
}

function rangeOf({ offset, max }: PageRequest): { offset: number; max: number | null } {
  if (offset < 0) throw new JobgateError('INVALID_PAGINATION', `offset must be 0 or more, not ${offset}`);
  if (max < -1) throw new JobgateError('INVALID_PAGINATION', `max must be -1 (all), 0 or more, not ${max}`);
  return { offset, max: max === -1 ? null : max };
}
