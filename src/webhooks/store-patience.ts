import { setTimeout as sleep } from 'node:timers/promises';
import { JobgateError } from '../core/error.ts';
import type { DelivererLog } from './deliverer-log.ts';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;
const TRIES_WHEN_REFUSED = 5;

/** Bears with a store that does not answer: says so once when that begins and once when it is over, and asks less often meanwhile. */
export class StorePatience {
  readonly #log: DelivererLog;
  #failures = 0;

  constructor(log: DelivererLog) {
    this.#log = log;
  }

  answered(): void {
    if (this.#failures > 0) this.#log.info({ failures: this.#failures }, 'webhooks: the store answers again');
    this.#failures = 0;
  }

  failed(error: unknown): void {
    if (this.#failures === 0) this.#log.error({ err: error }, 'webhooks: the store fails; trying again');
    this.#failures += 1;
  }

  /** How long to wait before the next question: `usual`, or longer after failures; never quite the same on two nodes. */
  pause(usual: number): number {
    return jittered(Math.max(usual, this.#failures > 0 ? delayAfter(this.#failures) : 0));
  }

  /**
   * Asks until the store answers, or `giveUp` is aborted. Throws what the store threw when it
   * refuses the call again and again, rather than being away.
   */
  async untilAnswered<T>(call: () => Promise<T>, giveUp: AbortSignal): Promise<T> {
    for (let tries = 1, refused = 0; ; tries += 1) {
      giveUp.throwIfAborted();
      try {
        const answer = await call();
        this.answered();
        return answer;
      } catch (error) {
        if (!isAway(error) && ++refused === TRIES_WHEN_REFUSED) throw error;
        this.failed(error);
      }
      await sleep(jittered(delayAfter(tries)), undefined, { signal: giveUp });
    }
  }
}

export function isAway(error: unknown): boolean {
  return error instanceof JobgateError && error.code === 'STORE_UNAVAILABLE';
}

function delayAfter(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(10, failures - 1));
}

function jittered(ms: number): number {
  return ms * (0.8 + Math.random() * 0.4);
}
