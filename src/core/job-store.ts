import type { Job, NewJob, TargetProgress } from './job.ts';
import type { JobState, OPEN_STATES } from './job-state.ts';

/** Which jobs a listing shows; an absent member does not narrow it. */
export interface JobFilter {
  readonly owner?: string;
  readonly states?: readonly JobState[];
}

/** What a request to stop came to: the state the job was put in, or found in. */
export type CancelOutcome = JobState | 'unknown';

/** The port through which the gateway reads and steers jobs. Every change is one guarded statement. */
export interface JobStore {
  /** Stores the job as `queued`. Throws JOB_EXISTS when the id is taken. */
  insert(job: NewJob): Promise<void>;
  find(id: string): Promise<Job | undefined>;
  findWithTargets(id: string): Promise<(Job & TargetProgress) | undefined>;
  /** Order of insertion, in batches of bounded size, read as the consumer asks for them. */
  list(filter: JobFilter): AsyncIterable<Job[]>;
  /** created, queued -> cancelled; running -> cancelling; else nothing changes. */
  requestCancel(id: string, now: number): Promise<CancelOutcome>;
  /** False when there is no such job. A null comment clears it. */
  setComment(id: string, comment: string | null, now: number): Promise<boolean>;
  /** Removes a job in a final state and its records, in one transaction. False when it is unknown or not final. */
  remove(id: string): Promise<boolean>;
  /** Jobs in each state that is not final. Final ones are not counted: that would cost a scan of the store. */
  countOpen(): Promise<Record<(typeof OPEN_STATES)[number], number>>;
}
