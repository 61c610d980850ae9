import { Gate } from '../core/gate.ts';
import { HttpError } from './http-error.ts';

/** Nearly every request is smaller (a CLM request has 1–2 KB): these may also use the last quarter, which no flood of large ones can fill. */
const SMALL_BODY_BYTES = 64 * 1024;
const FOR_LARGE_BODIES = 0.75;
/** Threads that libuv has for it; each body being inflated is in memory twice for a moment. */
const INFLATED_AT_ONCE = 4;
const WAITING_TO_BE_INFLATED = 1_000;

/**
 * The bytes that the bodies of all requests under way may hold together, as received and as
 * inflated. Without it 120 requests of 10 KB, inflated to 10 MiB each, took 1.3 GB before anybody
 * had signed in. A body that is alone is always taken: only its own limits hold for it.
 */
export class BodyBudget {
  readonly #limit: number;
  readonly #inflating = new Gate({ width: INFLATED_AT_ONCE, queue: WAITING_TO_BE_INFLATED });
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Held by the requests under way. */
  get taken(): number {
    return this.#taken;
  }

  share(): BodyShare {
    let held = 0;
    return {
      take: (bytes) => {
        const limit = held + bytes <= SMALL_BODY_BYTES ? this.#limit : this.#limit * FOR_LARGE_BODIES;
        if (this.#taken > held && this.#taken + bytes > limit) throw tooBusy();
        held += bytes;
        this.#taken += bytes;
      },
      release: () => {
        this.#taken -= held;
        held = 0;
      },
    };
  }

  /** Runs `task` when it is its turn to inflate. Throws TOO_BUSY when too many wait already. */
  inflating<T>(task: () => Promise<T>): Promise<T> {
    return this.#inflating.run(task, tooBusy);
  }
}

/** One request's part of the budget. */
export interface BodyShare {
  /** Before the bytes are allocated. Throws TOO_BUSY (503) when the budget has not as many left. */
  take(bytes: number): void;
  release(): void;
}

function tooBusy(): HttpError {
  return new HttpError(503, 'TOO_BUSY', 'too many large requests at once; try again', { 'Retry-After': '1' });
}
