import type { Clock } from '../core/clock.ts';
import type { ClaimedJob, JobQueue } from '../core/job-queue.ts';
import { Alarm } from './alarm.ts';
import type { StoreLink } from './store-link.ts';
import type { WorkerObserver } from './worker-observer.ts';

export interface JobClaimerOptions {
  readonly workerId: string;
  readonly leaseMs: number;
  readonly pollMs: number;
  readonly queue: JobQueue;
  readonly store: StoreLink;
  readonly clock: Clock;
  readonly observer: WorkerObserver | undefined;
  readonly freeSlots: () => number;
  /** `claimedAt`: performance.now() when the claim was sent. */
  readonly claimed: (job: ClaimedJob, claimedAt: number) => void;
  /** A claim's answer did not arrive. */
  readonly unanswered: () => void;
}

const DOING = 'asking for work';

/**
 * Asks for work, for all free slots at once: one dispatcher a process claimed 17 times as much as its
 * threads each by themselves (MariaDB, 32 claimers). It asks when woken, when a slot falls free and more
 * may be waiting, and else by the poll.
 */
export class JobClaimer {
  readonly #options: JobClaimerOptions;
  readonly #alarm = new Alarm();
  #loop: Promise<void> | undefined;
  #stopped = false;
  #moreMayWait = false;
  #events = 0;

  constructor(options: JobClaimerOptions) {
    this.#options = options;
  }

  /** How many claims have been sent or answered so far: odd while one is under way. */
  get events(): number {
    return this.#events;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** There is work: asks at once, or as soon as a slot is free. */
  wake(): void {
    this.#moreMayWait = true;
    this.#alarm.ring();
  }

  slotFreed(): void {
    if (this.#moreMayWait) this.#alarm.ring();
  }

  /** Settles when no claim is under way any more. Jobs that come with the last one are passed on like all others. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarm.ring();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { pollMs, store, freeSlots } = this.#options;
    while (!this.#stopped) {
      const limit = freeSlots();
      if (limit > 0) await this.#claim(limit);
      if (!this.#stopped) await this.#alarm.wait(store.pause(DOING, pollMs));
    }
  }

  async #claim(limit: number): Promise<void> {
    const { workerId, leaseMs, queue, store, clock, observer } = this.#options;
    this.#moreMayWait = false;
    const claimedAt = performance.now();
    this.#events += 1;
    try {
      const jobs = await queue.claim({ workerId, limit, leaseMs, now: clock() });
      store.answered(DOING);
      observer?.claimed(jobs.length, performance.now() - claimedAt);
      this.#moreMayWait ||= jobs.length === limit;
      for (const job of jobs) this.#options.claimed(job, claimedAt);
    } catch (error) {
      store.failed(DOING, error);
      this.#options.unanswered();
    } finally {
      this.#events += 1;
    }
  }
}
