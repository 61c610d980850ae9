import type { CallbackOutcome, CallbackStore } from '../../core/callback.ts';
import { Alarm } from '../alarm.ts';
import type { StoreLink } from '../store-link.ts';

/** How soon after an endpoint's last word its job ends. */
const POLL_MS = 300;
/** Callbacks of one question: a statement's bindings are bounded. */
const BATCH = 500;
const DOING = 'looking for callbacks';

/** Waits for the last words of endpoints: one question to the store for all that this worker waits for. */
export class CallbackWatch {
  readonly #callbacks: CallbackStore;
  readonly #store: StoreLink;
  readonly #waits = new Map<string, (outcome: CallbackOutcome | undefined) => void>();
  readonly #alarm = new Alarm();
  #polling = false;

  constructor(callbacks: CallbackStore, store: StoreLink) {
    this.#callbacks = callbacks;
    this.#store = store;
  }

  /** Undefined once `signal` aborts. */
  outcome(tokenHash: string, signal: AbortSignal): Promise<CallbackOutcome | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (outcome: CallbackOutcome | undefined) => {
        signal.removeEventListener('abort', giveUp);
        this.#waits.delete(tokenHash);
        if (this.#waits.size === 0) this.#alarm.ring();
        resolve(outcome);
      };
      const giveUp = () => settle(undefined);
      signal.addEventListener('abort', giveUp);
      this.#waits.set(tokenHash, settle);
      void this.#poll();
    });
  }

  async #poll(): Promise<void> {
    if (this.#polling) return;
    this.#polling = true;
    while (this.#waits.size > 0) {
      const hashes = [...this.#waits.keys()];
      for (let from = 0; from < hashes.length; from += BATCH)
        await this.#look(hashes.slice(from, from + BATCH));
      if (this.#waits.size > 0) await this.#alarm.wait(this.#store.pause(DOING, POLL_MS));
    }
    this.#polling = false;
  }

  async #look(hashes: readonly string[]): Promise<void> {
    try {
      const outcomes = await this.#callbacks.outcomes(hashes);
      this.#store.answered(DOING);
      for (const [hash, outcome] of outcomes) this.#waits.get(hash)?.(outcome);
    } catch (error) {
      this.#store.failed(DOING, error);
    }
  }
}
