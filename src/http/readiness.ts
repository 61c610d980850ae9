import type { Clock } from '../core/clock.ts';
import { type RememberLimits, remembered } from './remembered.ts';

/** A probe may come many times a second from many places: the store is asked once a second, and given two to answer. */
export const STORE_QUESTION_LIMITS: RememberLimits = { ttlMs: 1_000, timeoutMs: 2_000 };

/** Whether requests should be sent here: while the store answers, and until a stop begins. */
export class Readiness {
  readonly #ping: () => Promise<unknown>;
  #stopping = false;

  constructor(ping: () => Promise<unknown>, now: Clock, limits = STORE_QUESTION_LIMITS) {
    this.#ping = remembered(ping, limits, now);
  }

  stop(): void {
    this.#stopping = true;
  }

  /** Why not, or undefined when ready. */
  async obstacle(): Promise<'stopping' | 'the store is away' | undefined> {
    if (this.#stopping) return 'stopping';
    return (await this.storeAnswers()) ? undefined : 'the store is away';
  }

  storeAnswers(): Promise<boolean> {
    return this.#ping().then(
      () => true,
      () => false,
    );
  }
}
