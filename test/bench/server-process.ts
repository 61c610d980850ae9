import { type ChildProcess, spawn } from 'node:child_process';
import { processorTime, residentBytes } from './process-tree.ts';

const START_MS = 60_000;

export interface ServerProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** What it prints once it has started, where that is no URL: it then has no origin. */
  readonly started?: RegExp;
}

const LISTENING = /http:\/\/127\.0\.0\.1:\d+/;

const running = new Set<ChildProcess>();
// Whatever ends the bench, no server outlives it.
process.on('exit', () => {
  for (const child of running) killGroup(child);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** A server of a bench, in a process of its own. It says where it listens by a line with a URL, `http://127.0.0.1:PORT`. */
export class ServerProcess {
  readonly #child: ChildProcess;
  #output = '';
  #ended = false;
  readonly startedMs: Promise<number>;
  origin = '';

  constructor({ command, args, environment = {}, folder, started = LISTENING }: ServerProgram) {
    const begun = performance.now();
    this.#child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that its workers can be ended too.
      detached: true,
    });
    running.add(this.#child);
    // PHP's server leaves its workers running when it ends.
    this.#child.once('exit', () => killGroup(this.#child));
    this.startedMs = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(this.#failure('did not start in time')), START_MS);
      const look = (text: string) => {
        // Only the beginning is looked at; what is logged later is read and thrown away, as a log file would take it.
        if (this.origin !== '') return;
        this.#output += text;
        const [origin] = started.exec(this.#output) ?? [];
        if (origin === undefined) return;
        this.origin = origin;
        clearTimeout(timer);
        resolve(performance.now() - begun);
      };
      this.#child.stdout?.setEncoding('utf8').on('data', look);
      this.#child.stderr?.setEncoding('utf8').on('data', look);
      this.#child.once('error', reject);
      this.#child.once('close', () => {
        this.#ended = true;
        running.delete(this.#child);
        clearTimeout(timer);
        reject(this.#failure('ended'));
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** ms, of all its processes so far. */
  processorTime(): number {
    return processorTime(this.pid);
  }

  residentBytes(): number {
    return residentBytes(this.pid);
  }

  /** Asks it to end, and after two seconds makes it. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    const closed = new Promise<void>((resolve) => this.#child.once('close', () => resolve()));
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => killGroup(this.#child), 2_000);
    await closed;
    clearTimeout(timer);
  }

  #failure(what: string): Error {
    return new Error(`${this.#child.spawnargs.join(' ')} ${what}:\n${this.#output}`);
  }
}

/** Ends a server and what it has started, where any of it is left. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // None is left.
  }
}

/** Starts a server and waits until it listens. */
export async function startServer(program: ServerProgram): Promise<ServerProcess> {
  const server = new ServerProcess(program);
  await server.startedMs;
  return server;
}
