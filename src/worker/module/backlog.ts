/**
 * A record costs one unit and one more for each 1,024 characters of its text, so that
 * a thread is ahead of the store by about 1 MiB of text, or 1,024 small records, at most.
 */
export const BACKLOG_LIMIT = 1_024;
const CHARACTERS_A_UNIT = 1_024;

export function unitsOf(text: string | null): number {
  return 1 + Math.floor((text?.length ?? 0) / CHARACTERS_A_UNIT);
}

/**
 * How much a program has sent that is not yet stored, in memory that both threads see.
 * A program that sends without awaiting is stopped (its whole thread, by Atomics.wait)
 * until the store has caught up: nothing else bounds the memory of a loop that never yields.
 */
export class Backlog {
  readonly buffer: SharedArrayBuffer;
  readonly #outstanding: Int32Array;

  constructor(buffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#outstanding = new Int32Array(buffer);
  }

  /** In the program's thread, before sending: waits while too much is outstanding. */
  add(units: number): void {
    for (;;) {
      const outstanding = Atomics.load(this.#outstanding, 0);
      if (outstanding < BACKLOG_LIMIT) break;
      Atomics.wait(this.#outstanding, 0, outstanding);
    }
    Atomics.add(this.#outstanding, 0, units);
  }

  /** In the main thread, once stored. */
  settle(units: number): void {
    Atomics.sub(this.#outstanding, 0, units);
    Atomics.notify(this.#outstanding, 0);
  }
}
