import { setTimeout as sleep } from 'node:timers/promises';
import { JobgateError } from '../core/error.ts';
import type { WorkerLog } from './worker-log.ts';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;
const TRIES_WHEN_REFUSED = 5;

/**
 * How the store answers, as all of a worker's loops see it. It may be away: that is one outage for all,
 * logged when it begins and when it is over. Or it refuses one kind of call (a fault of ours, or a
 * passing one): logged once for that kind. Either way it is asked less often meanwhile.
 */
export class StoreLink {
  readonly #log: WorkerLog;
  readonly #refusals = new Map<string, number>();
  #failures = 0;
  #awaySince = 0;

  constructor(log: WorkerLog) {
    this.#log = log;
  }

  answered(doing: string): void {
    if (this.#refusals.delete(doing)) this.#log.info({ doing }, 'the job store no longer refuses');
    if (this.#failures === 0) return;
    const ms = Math.round(performance.now() - this.#awaySince);
    this.#log.info({ failures: this.#failures, ms }, 'the job store answers again');
    this.#failures = 0;
  }

  failed(doing: string, error: unknown): void {
    if (!isAway(error)) {
      const refusals = this.#refusals.get(doing) ?? 0;
      if (refusals === 0) this.#log.error({ err: error, doing }, 'the job store refuses; trying again');
      this.#refusals.set(doing, refusals + 1);
      return;
    }
    if (this.#failures === 0) {
      this.#awaySince = performance.now();
      this.#log.error({ err: error, doing }, 'the job store is away; trying again');
    }
    this.#failures += 1;
  }

  /** How long to wait before the next call: `usual`, or longer after failures; never quite the same on two nodes. */
  pause(doing: string, usual: number): number {
    const failures = this.#failures + (this.#refusals.get(doing) ?? 0);
    return jittered(failures === 0 ? usual : Math.max(usual, delayAfter(failures)));
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
        this.answered(doing);
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
