import type { HeldJob, JobQueue } from '../core/job-queue.ts';
import type { JobRun } from './job-run.ts';
import type { StoreLink } from './store-link.ts';

/** A cancel asked for elsewhere is heard of within this time; with a grace time of 1 s a kill stays under 2 s. */
const LONGEST_BEAT_MS = 500;
const DOING = 'renewing leases';

export interface LeaseKeeperOptions {
  readonly workerId: string;
  readonly leaseMs: number;
  readonly queue: JobQueue;
  readonly store: StoreLink;
  readonly runs: ReadonlySet<JobRun>;
  /** How many claims have been sent or answered so far: an odd number while one is under way. */
  readonly claimEvents: () => number;
  /** Called for a job that the store says this worker holds and that it never got. */
  readonly stray: (job: HeldJob) => Promise<void>;
}

/**
 * The heartbeat, on the main thread, so that no program holds it up: renews the leases and learns
 * in the same answer which jobs were told to stop and which are another's by now.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #asking: Promise<void> | undefined;
  #strays = false;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#beat(), Math.min(LONGEST_BEAT_MS, this.#options.leaseMs / 3));
  }

  /** Settles when no heartbeat is under way any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#asking;
  }

  /** A claim's answer did not arrive: the store may have given this worker jobs that it does not know of. */
  expectStrays(): void {
    this.#strays = true;
  }

  #beat(): void {
    const { runs, leaseMs } = this.#options;
    const now = performance.now();
    for (const run of runs) if (now - run.renewedAt > leaseMs) run.stop('expired');
    if (this.#asking || (runs.size === 0 && !this.#strays)) return;
    this.#asking = this.#ask(now).finally(() => {
      this.#asking = undefined;
    });
  }

  async #ask(now: number): Promise<void> {
    const { queue, workerId, leaseMs, runs, store, claimEvents } = this.#options;
    const asked = [...runs];
    const claims = claimEvents();
    let held: HeldJob[];
    try {
      const jobIds = asked.map(({ job }) => job.jobId);
      held = await queue.heartbeat(workerId, jobIds, leaseMs);
    } catch (error) {
      store.failed(DOING, error);
      return;
    }
    store.answered(DOING);
    for (const run of asked) {
      const job = held.find((candidate) => isSame(candidate, run));
      if (!job) run.stop('lost');
      else if (job.state === 'cancelling') run.stop('cancelled');
      if (job) run.renewedAt = now;
    }
    // Only while no claim was under way is a job that no run knows surely a stray.
    if (!this.#strays || claims % 2 === 1 || claims !== claimEvents()) return;
    const strays = held.filter((job) => !asked.some((run) => isSame(job, run)));
    await Promise.all(strays.map((job) => this.#options.stray(job)));
    this.#strays = strays.length > 0;
  }
}

function isSame(job: HeldJob, run: JobRun): boolean {
  return job.jobId === run.job.jobId && job.attempt === run.job.attempt;
}
