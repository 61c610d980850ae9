import type { JobState } from './job-state.ts';

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a job is for, in the words of Web3; `program` = none of theirs. */
export const JOB_TYPES = ['transaction', 'import', 'export', 'schema-sync', 'program'] as const;

export type JobType = (typeof JOB_TYPES)[number];

/** One name=value pair of a job's parameters; their order is kept, no name comes twice. */
export interface JobParameter {
  readonly name: string;
  readonly value: string;
}

/** What a job's parameters say under `name`. */
export function parameterOf(parameters: readonly JobParameter[], name: string): string | undefined {
  return parameters.find((parameter) => parameter.name === name)?.value;
}

/** Rows that a program has handled, as it counts them: whole numbers, 0 or more. */
export interface RowCounters {
  readonly total: number;
  readonly inserts: number;
  readonly updates: number;
  readonly deletes: number;
  readonly errors: number;
  readonly skips: number;
  readonly ignores: number;
}

export const NO_ROWS: RowCounters = {
  total: 0,
  inserts: 0,
  updates: 0,
  deletes: 0,
  errors: 0,
  skips: 0,
  ignores: 0,
};

/** How far a program has come, as it counts itself. */
export interface Progress {
  /** When the program first reported, ms UTC. */
  readonly startedAt: number | null;
  readonly count: number;
  /** What `count` is on its way to; 0 = the program has not said. */
  readonly target: number;
  /** Of the whole, 0..100: `percentOf`, worked out by the worker that reports. A new attempt starts at 0. */
  readonly percent: number;
}

/** A job as lists and status questions show it: everything but its payloads. Times are ms UTC. */
export interface Job {
  /** Lower-case GUID unless the client supplied one; x21–x7E, at most 64 characters. */
  readonly id: string;
  /** The job group, at most 64 code points; the job's own id when none was given. */
  readonly group: string;
  /** The name of a program of the catalogue. */
  readonly program: string;
  readonly type: JobType;
  readonly owner: string;
  readonly state: JobState;
  /** What the program last said of itself. */
  readonly statusMessage: string | null;
  readonly errorMessage: string | null;
  readonly comment: string | null;
  /** The worker that holds it, or held it last. */
  readonly workerId: string | null;
  readonly progress: Progress;
  /** Whether a client has marked it as read. */
  readonly isRead: boolean;
  /** How often it has been claimed: with workerId the fence of everything its worker writes. */
  readonly attempt: number;
  readonly created: number;
  readonly updated: number;
  readonly started: number | null;
  readonly completed: number | null;
}

/** A job with what its submission said beside the arguments, and its rows. */
export interface JobDetail extends Job {
  readonly parameters: readonly JobParameter[];
  readonly counters: RowCounters;
}

/** What went into a job and what came out: up to 7 MiB and 1 MiB of JSON. */
export interface JobPayload {
  readonly arguments: readonly Json[];
  readonly targets: readonly string[];
  /** What the program returned; null until it has completed, and where it returned nothing. */
  readonly result: Json;
}

/** A job's targets, each with its percentage, position by position. */
export interface TargetProgress {
  readonly targets: readonly string[];
  /** 0..100; shorter than `targets` where a program has not reported on the last ones. */
  readonly percentages: readonly number[];
}

/** What a submission brings. */
export interface NewJob {
  readonly id: string;
  readonly group: string;
  readonly program: string;
  readonly owner: string;
  readonly arguments: readonly Json[];
  readonly targets: readonly string[];
  readonly parameters: readonly JobParameter[];
  readonly type: JobType;
  /** `created`: stored, and left alone until it is released. */
  readonly state: 'created' | 'queued';
  readonly created: number;
}

/** What clients are told: 100 once completed, whatever the program last said. */
export function overallPercentage(job: Pick<Job, 'state' | 'progress'>): number {
  return job.state === 'completed' ? 100 : job.progress.percent;
}

/** Percentage of the whole, 0..100: the program's own count where it gives one, else the mean over its targets. */
export function percentOf(
  count: number,
  target: number,
  percentages: readonly number[],
  targets: number,
): number {
  // Multiplied first: 29 / 100 * 100 is 28.999999999999996.
  if (target > 0) return Math.max(0, Math.min(100, Math.floor((count * 100) / target)));
  if (targets === 0) return 0;
  return Math.floor(percentages.reduce((total, percent) => total + percent, 0) / targets);
}
