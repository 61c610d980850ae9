import type { Logger } from 'pino';
import type { JobgateError } from '../core/error.ts';
import type { Readiness } from './readiness.ts';

/** How often the store is asked, during an outage, whether it is over. */
const LOOK_EVERY_MS = 1_000;

/**
 * What the requests learn of the store being away: one outage for all of them, logged when it begins, with
 * the reason that no client is told, and when it is over. That is when the store answers and no request
 * has failed since the last look: a store that can only be read answers too.
 */
export class StoreOutage {
  readonly #log: Logger;
  readonly #readiness: Readiness;
  #failures = 0;
  #lastLook = 0;
  #since = 0;

  constructor(log: Logger, readiness: Readiness) {
    this.#log = log;
    this.#readiness = readiness;
  }

  /** `error` is a STORE_UNAVAILABLE that a request met. */
  failed(error: JobgateError): void {
    this.#failures += 1;
    if (this.#failures > 1) return;
    this.#since = performance.now();
    this.#log.error(reasonOf(error), 'the job store is away');
    this.#lookLater();
  }

  #lookLater(): void {
    this.#lastLook = this.#failures;
    setTimeout(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  async #look(): Promise<void> {
    const answers = await this.#readiness.storeAnswers();
    if (!answers || this.#failures > this.#lastLook) return this.#lookLater();
    const ms = Math.round(performance.now() - this.#since);
    this.#log.info({ failures: this.#failures, ms }, 'the job store answers again');
    this.#failures = 0;
  }
}

/** The driver's message and code, without the stack: the same one for every cause. */
function reasonOf({ cause, message }: JobgateError): { reason: string; code?: unknown } {
  if (!(cause instanceof Error)) return { reason: message };
  return { reason: cause.message, code: (cause as NodeJS.ErrnoException).code };
}
