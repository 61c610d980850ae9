import type { Logger } from 'pino';

const WINDOW_MS = 1_000;

/** Says in the log how many connections were refused, once a second at most: a flood must not become one of lines. */
export class DroppedConnections {
  readonly #log: Logger;
  readonly #limit: number;
  #dropped = 0;

  constructor(log: Logger, limit: number) {
    this.#log = log;
    this.#limit = limit;
  }

  add(): void {
    this.#dropped += 1;
    if (this.#dropped === 1) setTimeout(() => this.#tell(), WINDOW_MS).unref();
  }

  #tell(): void {
    this.#log.warn({ limit: this.#limit, dropped: this.#dropped }, 'connections refused: too many');
    this.#dropped = 0;
  }
}
