import type { Job, JobDetail, JobParameter, JobPayload, JobType, NewJob, TargetProgress } from './job.ts';
import type { LogLine } from './job-queue.ts';
import type { JobState, OPEN_STATES } from './job-state.ts';
import type { KnownRun, NewRun } from './run.ts';

/** Which jobs a listing shows; an absent member does not narrow it. */
export interface JobFilter {
  readonly owner?: string;
  readonly group?: string;
  readonly states?: readonly JobState[];
}

/** By insertion, or by the latest change first. */
export type JobOrder = 'oldest' | 'newest' | 'lastUpdated';

/** A stretch of a listing of jobs. */
export interface JobRange {
  /** 0 or more. */
  readonly skip: number;
  /** 0 or more. */
  readonly take: number;
}

export interface JobPage {
  /** Jobs in the whole list. */
  readonly total: number;
  readonly jobs: readonly JobDetail[];
}

/** What a client changes of a job that no worker has taken; the whole of it, not a part. */
export interface JobAmendment {
  readonly program: string;
  readonly type: JobType;
  readonly parameters: readonly JobParameter[];
  /** `queued` releases a job that was only stored; a queued one stays queued. */
  readonly state: 'created' | 'queued';
  /** When the job was changed last, as its client knows it, ms UTC: if it has been changed since, it stays as it is. */
  readonly lastUpdated?: number;
}

/** What a request to stop came to: the state the job was put in, or found in. */
export type CancelOutcome = JobState | 'unknown';

/** Done, or the state that did not allow it, or that it is not as the client knows it. */
export type AmendOutcome = 'amended' | 'changed' | JobState | 'unknown';

/** The port through which the gateway reads and steers jobs. Every change is one guarded statement. */
export interface JobStore {
  /** Throws JOB_EXISTS when the id is taken. */
  insert(job: NewJob): Promise<void>;
  /** Stores a run's jobs, key and webhook together; where the owner has used the key before, stores nothing and says so. */
  insertRun(run: NewRun): Promise<KnownRun | undefined>;
  find(id: string): Promise<Job | undefined>;
  findWithTargets(id: string): Promise<(Job & TargetProgress) | undefined>;
  findDetail(id: string): Promise<JobDetail | undefined>;
  findPayload(id: string): Promise<JobPayload | undefined>;
  /** Order of insertion, in batches of bounded size, read as the consumer asks for them. */
  list(filter: JobFilter): AsyncIterable<Job[]>;
  page(filter: JobFilter, order: JobOrder, range: JobRange): Promise<JobPage>;
  /** The states of those of the jobs that there are; at most 1,000 ids. */
  statesOf(ids: readonly string[]): Promise<Map<string, JobState>>;
  /** The lines of at most this level in the order they were written; a job's log is bounded (1 MiB). */
  readLog(id: string, level: LogLine['level']): Promise<LogLine[]>;
  /** Only in state `created` or, unless that is what the amendment asks for, `queued`; and not while it waits for another job. */
  amend(id: string, amendment: JobAmendment, now: number): Promise<AmendOutcome>;
  /** created, queued -> cancelled; else nothing changes, as where `lastUpdated` is given and the job was changed since then. */
  cancelWaiting(id: string, now: number, lastUpdated?: number): Promise<CancelOutcome>;
  /** created, queued -> cancelled; running -> cancelling; else nothing changes. */
  requestCancel(id: string, now: number): Promise<CancelOutcome>;
  /** False when there is no such job. A null comment clears it. */
  setComment(id: string, comment: string | null, now: number): Promise<boolean>;
  /** False when there is no such job. */
  markRead(id: string): Promise<boolean>;
  /** Removes a job in a final state and its records, in one transaction. False when it is unknown or not final. */
  remove(id: string): Promise<boolean>;
  /** Jobs in each state that is not final. Final ones are not counted: that would cost a scan of the store. */
  countOpen(): Promise<Record<(typeof OPEN_STATES)[number], number>>;
}
