import { Counter, Histogram, type Registry } from 'prom-client';
import type { FinalJobState } from '../core/job-state.ts';

/** Seconds; for what should take milliseconds. */
export const QUICK_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Seconds; programs take from milliseconds to hours. */
const RUN_BUCKETS = [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400];

/** What the worker of this process does. Has the shape of the worker's observer, which this side may not import. */
export class WorkerMetrics {
  readonly #claimSeconds: Histogram;
  readonly #claimed: Counter;
  readonly #startSeconds: Histogram;
  readonly #runSeconds: Histogram;
  readonly #finished: Counter;
  readonly #released: Counter;

  constructor(registry: Registry) {
    const histogram = (name: string, help: string, buckets: number[]) =>
      new Histogram({ name, help, buckets, registers: [registry] });
    const counter = (name: string, help: string, labelNames: string[]) =>
      new Counter({ name, help, labelNames, registers: [registry] });
    this.#claimSeconds = histogram(
      'jobgate_claim_duration_seconds',
      'One question to the store for work',
      QUICK_BUCKETS,
    );
    this.#claimed = counter('jobgate_jobs_claimed_total', 'Jobs claimed', []);
    this.#startSeconds = histogram(
      'jobgate_start_duration_seconds',
      "From a job's claim to its program's first moment",
      QUICK_BUCKETS,
    );
    this.#runSeconds = histogram(
      'jobgate_run_duration_seconds',
      "From a job's claim to its end, all stored",
      RUN_BUCKETS,
    );
    this.#finished = counter('jobgate_jobs_finished_total', 'Jobs brought to a final state', ['state']);
    this.#released = counter('jobgate_jobs_released_total', 'Jobs that left the worker unfinished', [
      'reason',
    ]);
  }

  claimed(jobs: number, ms: number): void {
    this.#claimSeconds.observe(ms / 1000);
    this.#claimed.inc(jobs);
  }

  started(ms: number): void {
    this.#startSeconds.observe(ms / 1000);
  }

  finished(departure: FinalJobState | 'given back' | 'lost', ms: number): void {
    if (departure === 'given back' || departure === 'lost') {
      this.#released.inc({ reason: departure });
      return;
    }
    this.#runSeconds.observe(ms / 1000);
    this.#finished.inc({ state: departure });
  }
}
