import { Agent, type RequestOptions, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** Between two of its requests. What they cost is a fiftieth of a core. */
const EVERY_MS = 20;
/** Generous: other suites run beside this one. What starves a client does so for longer. */
const ANSWERED_WITHIN_MS = 10_000;

/** A second client, who asks for a job of his all the while, on one connection of his own. */
export class Bystander {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #asking: Promise<void>;
  readonly #request: Pick<RequestOptions, 'port' | 'path' | 'headers'>;
  #stopped = false;
  /** His requests so far. */
  asked = 0;
  #problem: string | undefined;

  constructor(port: number, path: string, token: string) {
    this.#request = { port, path, headers: { Authorization: `Bearer ${token}` } };
    this.#asking = this.#ask();
  }

  /** Asks once more, and waits for the answer; throws when he has ever been let down. */
  async isServed(): Promise<void> {
    await this.#askOnce();
    if (this.#problem !== undefined) throw new Error(`the bystander was let down: ${this.#problem}`);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#asking;
    this.#agent.destroy();
  }

  async #ask(): Promise<void> {
    while (!this.#stopped) {
      await this.#askOnce();
      await pause(EVERY_MS);
    }
  }

  async #askOnce(): Promise<void> {
    const begun = performance.now();
    this.asked += 1;
    const outcome = await this.#get();
    const ms = performance.now() - begun;
    if (outcome !== 200) this.#problem ??= `his request ended with ${outcome}`;
    if (ms > ANSWERED_WITHIN_MS) this.#problem ??= `his request took ${Math.round(ms)} ms`;
  }

  #get(): Promise<number | string> {
    return new Promise((resolve) => {
      const req = request({ host: '127.0.0.1', agent: this.#agent, ...this.#request }, (res) => {
        res.resume().once('end', () => resolve(res.statusCode ?? 0));
      });
      req.once('error', (error) => resolve(error.message));
      req.setTimeout(2 * ANSWERED_WITHIN_MS, () => req.destroy(new Error('no answer')));
      req.end();
    });
  }
}
