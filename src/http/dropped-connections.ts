import type { Logger } from 'pino';

const WINDOW_MS = 1_000;

/**
 * Says in the log how many connections were refused and where the first of them came from, once a second at most:
 * a flood must not become one of lines.
 */
export class DroppedConnections {
  readonly #log: Logger;
  readonly #limit: number;
  readonly #reason: string;
  #dropped = 0;

  constructor(log: Logger, limit: number, reason: string) {
    this.#log = log;
    this.#limit = limit;
    this.#reason = reason;
  }

  add(client: string | undefined): void {
    this.#dropped += 1;
    if (this.#dropped === 1) setTimeout(() => this.#tell(client), WINDOW_MS).unref();
  }

  #tell(client: string | undefined): void {
    this.#log.warn(
      { limit: this.#limit, dropped: this.#dropped, client },
      `connections refused: ${this.#reason}`,
    );
    this.#dropped = 0;
  }
}
