import { ForkedProgram } from './forked-program.ts';
import type { HowMany } from './queue-bench.ts';

/** What servers/queue-client.ts is told. */
export type ClientRequest =
  | { readonly do: 'create' | 'durability' | 'drop' }
  | { readonly do: 'load'; readonly ms: number; readonly how: HowMany }
  | { readonly do: 'time starts'; readonly ms: number; readonly file: string };

/** Submits jobs to one contender's queue from a process of its own. */
export class QueueClient {
  readonly #program: ForkedProgram;

  constructor(adapter: string, server: string, name: string, execPath?: string) {
    this.#program = new ForkedProgram('queue-client', [adapter, server, name], execPath);
  }

  create(): Promise<void> {
    return this.#ask({ do: 'create' });
  }

  durability(): Promise<string> {
    return this.#ask({ do: 'durability' });
  }

  load(ms: number, how: HowMany): Promise<{ jobs: number; ms: number }> {
    return this.#ask({ do: 'load', ms, how });
  }

  timeStarts(ms: number, file: string): Promise<number[]> {
    return this.#ask({ do: 'time starts', ms, file });
  }

  /** ms so far. */
  processorTime(): number {
    return this.#program.processorTime();
  }

  /** Ends it; nothing could be made. */
  abandon(): Promise<void> {
    return this.#program.stop();
  }

  /** Ends it, and takes away what it made. */
  async stop(): Promise<void> {
    try {
      await this.#ask<void>({ do: 'drop' });
    } finally {
      await this.#program.stop();
    }
  }

  async #ask<Answer>(request: ClientRequest): Promise<Answer> {
    return (await this.#program.ask(request)) as Answer;
  }
}
