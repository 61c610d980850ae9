import { type ChildProcessByStdio, spawn } from 'node:child_process';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';

export interface ProcessExit {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * A process that leads a group of its own, so that whatever it starts ends with it. Out of reach is only what
 * leaves the group by itself (setsid, a daemon).
 */
export class ProcessGroup {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Rejects when the file cannot be run. */
  readonly started: Promise<void>;
  /** The leader has ended, and what it left of the group is killed. Never settles where it could not be started. */
  readonly exited: Promise<ProcessExit>;
  #over = false;

  /** No shell: each argument arrives as it is. The child sees `environment` and nothing else. */
  constructor(
    [file, ...args]: readonly [string, ...string[]],
    options: { cwd: string; environment: Readonly<Record<string, string>> },
  ) {
    this.#child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...options.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.started = new Promise((resolve, reject) => {
      this.#child.once('spawn', resolve).once('error', reject);
    });
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        this.signal('SIGKILL');
        this.#over = true;
        resolve({ code, signal });
      });
    });
    // A program need not read what it is given.
    this.#child.stdin.on('error', () => {});
  }

  get output(): Readable {
    return this.#child.stdout;
  }

  get errors(): Readable {
    return this.#child.stderr;
  }

  /** Gives it its input, all of it. */
  give(input: string): void {
    this.#child.stdin.end(input);
  }

  signal(name: NodeJS.Signals): void {
    const { pid } = this.#child;
    // Once the group is over, its number may be somebody else's.
    if (pid === undefined || this.#over) return;
    try {
      process.kill(-pid, name);
    } catch {
      // ESRCH: nothing is left of it. EPERM: what is left has become another user's.
    }
  }
}
