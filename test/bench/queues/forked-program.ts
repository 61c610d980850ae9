import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processorTime } from '../process-tree.ts';

interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}

/** A program of test/bench/servers that is asked, one question at a time, and ends with the bench. */
export class ForkedProgram {
  readonly #child: ChildProcess;
  #output = '';

  constructor(name: string, args: readonly string[], execPath: string = process.execPath) {
    const path = fileURLToPath(new URL(`../servers/${name}.js`, import.meta.url));
    this.#child = fork(path, args, { execPath, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        this.#output = (this.#output + text).slice(-10_000);
      });
    }
  }

  /** What it answers to the last question, or, unasked, when it is ready. */
  answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`${this.#child.spawnargs.join(' ')} ended:\n${this.#output}`));
      this.#child.once('exit', ended);
      this.#child.once('message', ({ value, error }: Answer) => {
        this.#child.off('exit', ended);
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
    });
  }

  ask(question: object): Promise<unknown> {
    const answer = this.answer();
    this.#child.send(question);
    return answer;
  }

  /** ms so far. */
  processorTime(): number {
    return processorTime(this.#child.pid ?? 0);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 2_000);
    await exited;
    clearTimeout(timer);
  }
}
