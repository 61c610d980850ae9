import { JobgateError } from './error.ts';

/** A request, from its arrival to the last byte of its answer. */
export interface RequestUnderWay {
  /** Has `release` called when it ends; at once where it has ended. */
  atEnd(release: () => void): void;
}

const RETRY_AFTER_MS = 1_000;

/**
 * Counts what each signed-in client has under way, so that one that asks without waiting for its answers, or waits in
 * too many at once, does not take the places of others. Costs a request two looks into a map.
 */
export class RequestsUnderWay {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Throws TOO_MANY_REQUESTS where `client` has the most already. */
  begin(client: string, request: RequestUnderWay): void {
    const count = this.#counts.get(client) ?? 0;
    if (count >= this.#most) {
      throw new JobgateError(
        'TOO_MANY_REQUESTS',
        `more than ${this.#most} requests at once with one token; try again when some are answered`,
        { retryAfterMs: RETRY_AFTER_MS },
      );
    }
    this.#counts.set(client, count + 1);
    request.atEnd(() => this.#end(client));
  }

  #end(client: string): void {
    const left = (this.#counts.get(client) ?? 0) - 1;
    if (left > 0) this.#counts.set(client, left);
    else this.#counts.delete(client);
  }
}
