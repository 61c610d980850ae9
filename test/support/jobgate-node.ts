import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, vi } from 'vitest';
import { openStore } from '../../src/storage/open-store.ts';
import { cheapAccount } from './cheap-account.ts';
import { eventually } from './eventually.ts';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const CATALOGUE = fileURLToPath(new URL('../../../fixtures/catalogue.json', import.meta.url));
/** Several may be starting at once, on a busy machine. */
const START_MS = 45_000;

/** Of the first administrator, unless the test says otherwise. */
export const ADMIN_PASSWORD = 'the administrator, 1st';

export interface NodeExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One `jobgate` process, as an operator runs it. */
export class JobgateNode {
  readonly #child: ChildProcess;
  readonly exited: Promise<NodeExit>;
  exit: NodeExit | undefined;
  /** The log, a JSON object a line. */
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], environment: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, [MAIN, ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    // `close` comes once the output is whole too.
    this.exited = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        this.exit = { code, signal };
        resolve(this.exit);
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Where the gateway listens. */
  get origin(): string {
    const [, origin] = /^WSDL {2}(http:\/\/[^/]+)\//m.exec(this.stderr) ?? [];
    if (origin === undefined) throw new Error(`there is no gateway here: ${this.stderr}`);
    return origin;
  }

  get port(): number {
    return Number(new URL(this.origin).port);
  }

  /** All that it has logged and told so far. */
  get output(): string {
    return this.stdout + this.stderr;
  }

  /** What it has logged so far. */
  get log(): Record<string, unknown>[] {
    const whole = this.stdout.slice(0, this.stdout.lastIndexOf('\n') + 1);
    return whole
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  async started(role: 'gateway' | 'worker'): Promise<this> {
    const mark =
      role === 'gateway'
        ? () => this.stderr.includes('WSDL  ')
        : () => this.stdout.includes('worker started');
    await eventually(
      'the node has started',
      () => {
        if (this.exit)
          throw new Error(`the node ended at start: ${JSON.stringify(this.exit)}\n${this.stderr}`);
        return mark();
      },
      START_MS,
    );
    return this;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Asks it to stop and waits until it has. */
  async stop(): Promise<void> {
    if (!this.exit) this.signal('SIGTERM');
    await this.exited;
  }

  /** Ends it as a power failure would. */
  async kill9(): Promise<void> {
    if (!this.exit) this.signal('SIGKILL');
    await this.exited;
  }

  /** Resident memory, in bytes. */
  memory(): number {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  }

  /** Processor time used so far, in ms. */
  processorTime(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // utime and stime, in ticks of 10 ms: fields 14 and 15 of proc(5).
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** Waits until it uses next to no processor time, as one that only polls does. */
  async idle(): Promise<void> {
    let at = performance.now();
    let used = this.processorTime();
    await eventually('the process is idle', () => {
      const passed = performance.now() - at;
      if (passed < 300) return false;
      const now = this.processorTime();
      const share = (now - used) / passed;
      at += passed;
      used = now;
      return share < 0.25;
    });
  }
}

export interface JobgateNodes {
  /** A gateway, with a worker in it unless told otherwise; it is listening, and has an administrator. */
  serve(url: string, environment?: Record<string, string>, ...args: string[]): Promise<JobgateNode>;
  worker(url: string, environment?: Record<string, string>): Promise<JobgateNode>;
  /** A process of any kind, of which nothing is awaited. */
  spawn(args: readonly string[], url: string, environment?: Record<string, string>): JobgateNode;
}

/** The environment of a node on this store, unless the test says otherwise. */
export function nodeSettings(url: string): Record<string, string> {
  return {
    JOBGATE_PORT: '0',
    JOBGATE_DATABASE_URL: url,
    JOBGATE_ADMIN_PASSWORD: ADMIN_PASSWORD,
    JOBGATE_CATALOGUE: CATALOGUE,
    JOBGATE_LEASE_SECONDS: '1',
  };
}

/** Starts nodes on stores; whatever is left of them is ended after the suite. Call it where suites are declared. */
export function jobgateNodes(): JobgateNodes {
  // What fails fails by its own deadlines; processes that start on a busy machine take their time.
  vi.setConfig({ testTimeout: 60_000 });
  const nodes: JobgateNode[] = [];
  const endAll = () => {
    for (const node of nodes) if (!node.exit) node.signal('SIGKILL');
  };
  process.on('exit', endAll);
  afterAll(async () => {
    endAll();
    await Promise.all(nodes.map((node) => node.exited));
    process.off('exit', endAll);
  });
  const spawnNode: JobgateNodes['spawn'] = (args, url, environment = {}) => {
    const node = new JobgateNode(args, { ...nodeSettings(url), ...environment });
    nodes.push(node);
    return node;
  };
  const prepared = new Map<string, Promise<void>>();
  const prepare = (url: string) => {
    if (!prepared.has(url)) prepared.set(url, prepareAdministrator(url));
    return prepared.get(url);
  };
  return {
    spawn: spawnNode,
    async serve(url, environment, ...args) {
      await prepare(url);
      return spawnNode(['serve', ...args], url, environment).started('gateway');
    },
    async worker(url, environment) {
      await prepare(url);
      return spawnNode(['worker'], url, environment).started('worker');
    },
  };
}

export async function prepareAdministrator(url: string): Promise<void> {
  const store = await openStore({ url });
  try {
    await store.migrations.up();
    if (await store.accounts.hasAdministrator()) return;
    await store.accounts.insert(cheapAccount('admin', ADMIN_PASSWORD, 'admin'));
  } finally {
    await store.close();
  }
}
