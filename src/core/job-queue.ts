import type { JobParameter, JobType, Json, Progress, RowCounters } from './job.ts';
import type { FinalJobState, HELD_STATES } from './job-state.ts';
import type { ProgramRecord } from './status-record.ts';

/**
 * The right to write about a running job: the worker that claimed it, and the claim's
 * number. Once either has changed, nothing the former holder sends is stored.
 */
export interface Fence {
  readonly jobId: string;
  readonly workerId: string;
  readonly attempt: number;
}

/** A job as its worker receives it. */
export interface ClaimedJob extends Fence {
  readonly group: string;
  readonly program: string;
  readonly owner: string;
  readonly type: JobType;
  readonly arguments: readonly Json[];
  readonly targets: readonly string[];
  readonly parameters: readonly JobParameter[];
}

/** A job that the store says this worker holds. */
export interface HeldJob extends Fence {
  readonly state: (typeof HELD_STATES)[number];
}

/** How a run ended. */
export interface Outcome {
  readonly state: FinalJobState;
  readonly result: Json;
  readonly errorMessage: string | null;
}

/** What a program reported since the last time; absent members are unchanged. */
export interface ProgressReport {
  readonly progress?: Progress;
  /** Percentages position by position of the job's targets. */
  readonly percentages?: readonly number[];
  /** At most 1,024 code points. */
  readonly statusMessage?: string;
  readonly counters?: RowCounters;
}

export interface LogLine {
  /** 1 low, 2 medium, 3 high: the loggingLevel that shows it. */
  readonly level: 1 | 2 | 3;
  readonly text: string;
  /** ms UTC. */
  readonly at: number;
}

/** What became of the jobs whose worker was lost. */
export interface Rescued {
  readonly requeued: number;
  readonly abandoned: number;
  readonly cancelled: number;
}

/**
 * The port through which workers take jobs and report. Leases are measured on the
 * store's own clock, so that nodes need not agree on the time. Every write carries the
 * fence and answers false when it no longer holds; a final state never changes.
 */
export interface JobQueue {
  /** Progress starts anew with each claim. Oldest first, at most `limit`, each claimed by one caller only, leased for `leaseMs`. */
  claim(request: { workerId: string; limit: number; leaseMs: number; now: number }): Promise<ClaimedJob[]>;
  /**
   * Renews this worker's leases of these jobs and answers all that it holds. A job that it no longer works on, whose
   * end the store would not take, is not named, and so is rescued like that of a lost worker.
   */
  heartbeat(workerId: string, jobIds: readonly string[], leaseMs: number): Promise<HeldJob[]>;
  report(fence: Fence, report: ProgressReport, now: number): Promise<boolean>;
  appendLog(fence: Fence, lines: readonly LogLine[]): Promise<boolean>;
  appendRecords(fence: Fence, records: readonly ProgramRecord[]): Promise<boolean>;
  finish(fence: Fence, outcome: Outcome, now: number): Promise<boolean>;
  /** Back to the queue at once, without costing the job an attempt (a drain). A job told to stop is cancelled instead. */
  giveBack(fence: Fence, now: number): Promise<boolean>;
  /** Jobs whose lease ran out: queued again, or `abandoned` when lost `maxLosses` times, or `cancelled` when told to stop. */
  rescue(request: { maxLosses: number; now: number }): Promise<Rescued>;
}
