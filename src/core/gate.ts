/** Lets at most `width` tasks run at once and `queue` more wait, first come first served. */
export class Gate {
  readonly #width: number;
  readonly #queue: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limits: { width: number; queue: number }) {
    this.#width = limits.width;
    this.#queue = limits.queue;
  }

  /** Runs `task` when its turn comes; `full` makes the error thrown when there is no room left to wait. */
  async run<T>(task: () => Promise<T>, full: () => Error): Promise<T> {
    if (this.#running >= this.#width) {
      if (this.#waiting.length >= this.#queue) throw full();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
