import type { JobParameter, Json } from './job.ts';
import type { JobState } from './job-state.ts';

/** What a schedule is for, in the words of Pyramid's ScheduleType. */
export const SCHEDULE_TYPES = [
  'printing',
  'etl',
  'machine-learning',
  'user-groups',
  'logs-clean',
  'provision',
  'recommendation',
  'image-snapshot',
  'alert',
  'clean-db',
  'upgrade-hierarchy-security',
  'image-snapshot-now',
  'print-etl',
  'subscription',
  'schedules-cleaner',
  'clean-presentation-documents',
  'upgrade-te-outputs',
  'upgrade-content-snapshot-results',
  'update-private-roles',
  'clean-duplicate-tags',
  'update-system-schedules',
] as const;

export type ScheduleType = (typeof SCHEDULE_TYPES)[number];

/** Held: no run by the clock; one by hand is possible. */
export type ScheduleState = 'active' | 'held';

/** A program that is run again and again: by the clock, by hand, or both. Times are ms UTC. */
export interface Schedule {
  /** Lower-case GUID. */
  readonly id: string;
  /** 1 to 255 code points without control characters. Two schedules may have the same one. */
  readonly name: string;
  /** At most 4,096 code points; empty = none. */
  readonly description: string;
  readonly type: ScheduleType;
  /** Who made it, and whose name its runs by the clock have. */
  readonly owner: string;
  readonly program: string;
  /** 5 fields, or 6 of which the first is seconds; null = on demand only. */
  readonly cron: string | null;
  /** The IANA time zone in which `cron` is meant. */
  readonly timeZone: string;
  readonly state: ScheduleState;
  /** A removed one is kept, since its executions have its name. */
  readonly removed: boolean;
  /** The next run by the clock; null where there is none to come. */
  readonly nextRun: number | null;
  /** When the last run began, by the clock or by hand. */
  readonly lastRun: number | null;
  readonly created: number;
}

/** What each job of a schedule gets; together at most 1 MiB of JSON. */
export interface SchedulePayload {
  readonly arguments: readonly Json[];
  readonly parameters: readonly JobParameter[];
}

/** One run of a schedule. */
export interface Execution {
  /** Lower-case GUID; also the job group of its jobs, which are its tasks. */
  readonly id: string;
  readonly scheduleId: string;
  /** Who ran it; the schedule's owner for a run by the clock. */
  readonly owner: string;
  readonly trigger: 'cron' | 'demand';
  /** ms UTC. */
  readonly created: number;
}

/** An execution as a list shows it. */
export interface ExecutionSummary extends Execution {
  /** How many of its jobs are in each state. */
  readonly jobs: Readonly<Record<JobState, number>>;
  /** When the first of its jobs was started and the last one ended, ms UTC; null where none was or did. */
  readonly started: number | null;
  readonly completed: number | null;
  /** What one of its jobs failed with: its first 1,024 characters. */
  readonly errorMessage: string | null;
}
