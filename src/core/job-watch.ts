import { JobgateError } from './error.ts';
import type { JobState } from './job-state.ts';
import type { JobStore } from './job-store.ts';

/** All jobs that somebody waits for are looked at together, this often. */
const POLL_MS = 100;
/** Jobs of one look: a statement's bindings are bounded. */
const BATCH = 500;

interface Wait {
  readonly id: string;
  readonly reached: (state: JobState) => boolean;
  settle(outcome: boolean): void;
  fail(error: unknown): void;
}

/** Lets requests wait for a job without asking the store on their own. */
export class JobWatch {
  readonly #store: Pick<JobStore, 'statesOf'>;
  readonly #waits = new Set<Wait>();
  #polling = false;
  #closed = false;

  constructor(store: Pick<JobStore, 'statesOf'>) {
    this.#store = store;
  }

  /**
   * True as soon as the job's state is one that `reached` accepts, or the job is gone; false
   * after `ms`, when `signal` aborts or the gateway stops. A store that is away meanwhile only delays it.
   */
  until(
    id: string,
    reached: (state: JobState) => boolean,
    { ms, signal }: { ms: number; signal?: AbortSignal },
  ): Promise<boolean> {
    if (this.#closed || signal?.aborted || ms <= 0) return Promise.resolve(false);
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        this.#waits.delete(wait);
      };
      const wait: Wait = {
        ...{ id, reached },
        settle: (outcome) => {
          end();
          resolve(outcome);
        },
        fail: (error) => {
          end();
          reject(error);
        },
      };
      const giveUp = () => wait.settle(false);
      const timer = Number.isFinite(ms) ? setTimeout(giveUp, ms) : undefined;
      signal?.addEventListener('abort', giveUp);
      this.#waits.add(wait);
      void this.#poll();
    });
  }

  /** Ends every wait, and those to come: the gateway stops. */
  close(): void {
    this.#closed = true;
    for (const wait of this.#waits) wait.settle(false);
  }

  async #poll(): Promise<void> {
    if (this.#polling) return;
    this.#polling = true;
    while (this.#waits.size > 0) {
      const waits = [...this.#waits];
      for (let from = 0; from < waits.length; from += BATCH)
        await this.#look(waits.slice(from, from + BATCH));
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    this.#polling = false;
  }

  async #look(waits: readonly Wait[]): Promise<void> {
    try {
      const states = await this.#store.statesOf([...new Set(waits.map(({ id }) => id))]);
      for (const wait of waits) {
        const state = states.get(wait.id);
        if (state === undefined || wait.reached(state)) wait.settle(true);
      }
    } catch (error) {
      if (error instanceof JobgateError && error.code === 'STORE_UNAVAILABLE') return;
      for (const wait of waits) wait.fail(error);
    }
  }
}
