import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.ts';
import { fillStore } from './interop-store.ts';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const CATALOGUE = fileURLToPath(new URL('../../../fixtures/catalogue.json', import.meta.url));

export interface GatewayProcess {
  readonly wsdl: string;
  /** Every error it has logged so far. */
  errors(): string;
  stop(): Promise<void>;
}

/** Starts `jobgate serve` as a process of its own on a free port, on a filled SQLite store. */
export async function startGateway(users: readonly string[], password: string): Promise<GatewayProcess> {
  const home = await mkdtemp(join(tmpdir(), 'jobgate-interop-'));
  const url = `sqlite:${join(home, 'interop.db')}`;
  await fillStore(url, users, password);
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: {
      JOBGATE_PORT: '0',
      JOBGATE_DATABASE_URL: url,
      JOBGATE_CATALOGUE: CATALOGUE,
      JOBGATE_LOG_LEVEL: 'error',
      // Each program may have a job that runs until it is killed.
      JOBGATE_WORKER_CONCURRENCY: String(2 * users.length),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let greeting = '';
  let errors = '';
  child.stderr.on('data', (chunk) => {
    greeting += chunk;
  });
  child.stdout.on('data', (chunk) => {
    errors += chunk;
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  try {
    const wsdl = await eventually(
      'the gateway names its WSDL',
      () => {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
        return /^WSDL +(\S+)$/m.exec(greeting)?.[1];
      },
      20_000,
    );
    return { wsdl, errors: () => errors, stop };
  } catch (error) {
    await stop();
    throw new Error(`the gateway did not start:\n${greeting}${errors}`, { cause: error });
  }
}
