import { setTimeout as sleep } from 'node:timers/promises';
import { JobgateError } from '../core/error.ts';
import type { WorkerLog } from './worker-log.ts';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;
/** An error that is not the store's absence may be a deadlock's; it is not for ever. */
const TRIES_WHEN_REFUSED = 5;

/**
 * Whether the store answers, as all of a worker's loops see it: an outage is logged once
 * when it begins and once when it is over, and everybody asks less often meanwhile.
 */
export class StoreLink {
  readonly #log: WorkerLog;
  #failures = 0;
  #since = 0;

  constructor(log: WorkerLog) {
    this.#log = log;
  }

  answered(): void {
    if (this.#failures === 0) return;
    const ms = Math.round(performance.now() - this.#since);
    this.#log.info({ failures: this.#failures, ms }, 'the job store answers again');
    this.#failures = 0;
  }

  failed(doing: string, error: unknown): void {
    if (this.#failures === 0) {
      this.#since = performance.now();
      this.#log.error({ err: error, doing }, 'the job store does not answer; trying again');
    }
    this.#failures += 1;
  }

  /** How long to wait before asking again: `usual`, or longer in an outage; never quite the same on two nodes. */
  pause(usual: number): number {
    return jittered(this.#failures === 0 ? usual : Math.max(usual, delayAfter(this.#failures)));
  }

  /**
   * Asks until the store answers, or `giveUp` is aborted. Throws what the store threw when it
   * refuses the call again and again, rather than being away.
   */
  async untilAnswered<T>(doing: string, call: () => Promise<T>, giveUp: AbortSignal): Promise<T> {
    for (let refused = 0, tries = 1; ; tries += 1) {
      giveUp.throwIfAborted();
      try {
        const answer = await call();
        this.answered();
        return answer;
      } catch (error) {
        if (!isAway(error) && ++refused === TRIES_WHEN_REFUSED) throw error;
        this.failed(doing, error);
      }
      await sleep(jittered(delayAfter(tries)), undefined, { signal: giveUp });
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof JobgateError && error.code === 'STORE_UNAVAILABLE';
}

function delayAfter(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(10, failures - 1));
}

function jittered(ms: number): number {
  return ms * (0.8 + Math.random() * 0.4);
}
