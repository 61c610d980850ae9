import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const CATALOGUE = fileURLToPath(new URL('../../../fixtures/catalogue.json', import.meta.url));
/** A node on a busy machine is up in two seconds; one that is not up in this time will never be. */
const START_WITHIN_MS = 30_000;

export interface GatewayOptions {
  /** Of the store; see parseDatabaseUrl for its forms. */
  readonly url: string;
  /** Environment variables besides the store's; `JOBGATE_CATALOGUE` is the sample catalogue unless given. */
  readonly settings?: Readonly<Record<string, string>>;
  /** False = `serve --no-worker`: jobs stay queued. */
  readonly worker?: boolean;
}

/** `jobgate serve` as a process of its own, on a free port. */
export class GatewayProcess {
  readonly #child: ChildProcess;
  readonly #output: () => string;
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;

  constructor(child: ChildProcess, origin: string, output: () => string) {
    this.#child = child;
    this.origin = origin;
    this.#output = output;
  }

  get port(): number {
    return Number(new URL(this.origin).port);
  }

  /** All that it has printed and logged so far. */
  get output(): string {
    return this.#output();
  }

  /** Asks it to stop and waits until it has. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}

/** Resolves when it listens; rejects with all that it said when it ends before. */
export function startGateway({ url, settings = {}, worker = true }: GatewayOptions): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [MAIN, 'serve', ...(worker ? [] : ['--no-worker'])], {
    env: {
      JOBGATE_PORT: '0',
      JOBGATE_DATABASE_URL: url,
      JOBGATE_CATALOGUE: CATALOGUE,
      JOBGATE_LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test run that is broken off must not leave it behind.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(new Error(`the gateway ${what}:\n${output}`));
    };
    const timer = setTimeout(() => {
      end();
      fail(`was not up within ${START_WITHIN_MS} ms`);
    }, START_WITHIN_MS);
    const hear = (text: string) => {
      output += text;
      const origin = /^WSDL +(http:\/\/[^/\s]+)\//m.exec(output)?.[1];
      if (origin === undefined) return;
      clearTimeout(timer);
      resolve(new GatewayProcess(child, origin, () => output));
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code, signal) => fail(`ended with ${code ?? signal}`));
  });
}
