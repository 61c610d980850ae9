import { setTimeout as sleep } from 'node:timers/promises';
import { DueRuns, type DueRunsOptions } from './due-runs.ts';

/** A schedule made on another node is known here after so long at the latest; one query a look. */
const LOOK_EVERY_MS = 1_000;

export interface SchedulerOptions extends DueRunsOptions {
  /** Runs were started, and their jobs queued. */
  readonly queued: () => void;
}

/** Starts runs by the clock, on every node: while one is up, none is missed. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #due: DueRuns;
  readonly #stop = new AbortController();
  #loop: Promise<void> | undefined;
  #failing = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#due = new DueRuns(options);
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Waits for the look under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const pause = await this.#look();
      await sleep(pause, undefined, { signal }).catch(() => {});
    }
  }

  /** Returns how long to wait before the next look, ms. */
  async #look(): Promise<number> {
    const { clock, log, queued } = this.#options;
    try {
      const { started, next } = await this.#due.start(clock() + LOOK_EVERY_MS);
      if (started > 0) queued();
      if (this.#failing) log.info({}, 'schedules are looked after again');
      this.#failing = false;
      return Math.max(0, Math.min(LOOK_EVERY_MS, next - clock()));
    } catch (error) {
      if (!this.#failing) log.error({ err: error }, 'schedules cannot be looked after; trying again');
      this.#failing = true;
      return LOOK_EVERY_MS;
    }
  }
}
