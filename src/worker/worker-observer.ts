import type { FinalJobState } from '../core/job-state.ts';

/** How a job left a worker. */
export type Departure = FinalJobState | 'given back' | 'lost';

/** Told of what a worker does, for metrics. Calls must return at once and not throw. */
export interface WorkerObserver {
  /** A question to the store for work that took `ms` brought `jobs` jobs. */
  claimed(jobs: number, ms: number): void;
  /** The program's first moment, `ms` after its job was claimed. */
  started(ms: number): void;
  /** `ms` after its job was claimed, everything is stored. */
  finished(departure: Departure, ms: number): void;
}
