import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';

/** Between two of its requests. What they cost is a fiftieth of a core. */
const EVERY_MS = 20;
/** Generous: other suites run beside this one. What starves a client does so for longer. */
const ANSWERED_WITHIN_MS = 5_000;

/** A second client, who asks for a job of his all the while, on one connection of his own. */
export class Bystander {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #asking: Promise<void>;
  #stopped = false;
  #answered = 0;
  #problem: string | undefined;

  constructor(port: number, path: string, token: string) {
    this.#asking = this.#ask(port, path, token);
  }

  /** Waits for an answer to what he asks from now on; throws when he has ever been let down. */
  async isServed(): Promise<void> {
    const before = this.#answered;
    // The one under way may have been asked before.
    await eventually(
      'the bystander is served',
      () => this.#problem !== undefined || this.#answered >= before + 2,
      2 * ANSWERED_WITHIN_MS,
    );
    if (this.#problem !== undefined) throw new Error(`the bystander was let down: ${this.#problem}`);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#asking;
    this.#agent.destroy();
  }

  async #ask(port: number, path: string, token: string): Promise<void> {
    while (!this.#stopped) {
      const begun = performance.now();
      const outcome = await this.#get(port, path, token);
      const ms = performance.now() - begun;
      if (outcome !== 200) this.#problem ??= `his request ended with ${outcome}`;
      if (ms > ANSWERED_WITHIN_MS) this.#problem ??= `his request took ${Math.round(ms)} ms`;
      this.#answered += 1;
      await pause(EVERY_MS);
    }
  }

  #get(port: number, path: string, token: string): Promise<number | string> {
    return new Promise((resolve) => {
      const headers = { Authorization: `Bearer ${token}` };
      const req = request({ host: '127.0.0.1', port, path, agent: this.#agent, headers }, (res) => {
        res.resume().once('end', () => resolve(res.statusCode ?? 0));
      });
      req.once('error', (error) => resolve(error.message));
      req.setTimeout(2 * ANSWERED_WITHIN_MS, () => req.destroy(new Error('no answer')));
      req.end();
    });
  }
}
