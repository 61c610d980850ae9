import type { Clock } from '../core/clock.ts';
import type { JobQueue } from '../core/job-queue.ts';
import { Alarm } from './alarm.ts';
import type { StoreLink } from './store-link.ts';
import type { WorkerLog } from './worker-log.ts';

/** Every node looks this often, about: a lost job runs again within its lease and 2 s. */
const EVERY_MS = 1_000;
const DOING = 'looking for lost jobs';

export interface RescuerOptions {
  readonly maxLosses: number;
  readonly queue: JobQueue;
  readonly store: StoreLink;
  readonly clock: Clock;
  readonly log: WorkerLog;
  /** Jobs were queued again. */
  readonly requeued: () => void;
}

/** Frees the jobs of workers that were lost, this one's or another's. */
export class Rescuer {
  readonly #options: RescuerOptions;
  readonly #alarm = new Alarm();
  #loop: Promise<void> | undefined;
  #stopped = false;

  constructor(options: RescuerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarm.ring();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      await this.#rescue();
      if (!this.#stopped) await this.#alarm.wait(this.#options.store.pause(DOING, EVERY_MS));
    }
  }

  async #rescue(): Promise<void> {
    const { queue, maxLosses, clock, store, log } = this.#options;
    try {
      const rescued = await queue.rescue({ maxLosses, now: clock() });
      store.answered(DOING);
      if (rescued.requeued + rescued.abandoned + rescued.cancelled === 0) return;
      log.warn(rescued, 'jobs of lost workers were freed');
      if (rescued.requeued > 0) this.#options.requeued();
    } catch (error) {
      store.failed(DOING, error);
    }
  }
}
