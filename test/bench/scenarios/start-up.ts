import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'undici';
import { prepareAdministrator } from '../../support/jobgate-node.ts';
import { BenchDatabase } from '../bench-database.ts';
import { statusRequest } from '../clm-requests.ts';
import { type Contender, compare, type Measured } from '../comparison.ts';
import { type LoadRequest, send } from '../http-load.ts';
import { startJobgate } from '../jobgate-server.ts';
import { markdownTable } from '../markdown-table.ts';
import type { Scenario } from '../scenario.ts';
import { type ServerProcess, startServer } from '../server-process.ts';

const RAW = fileURLToPath(new URL('../servers/raw-server.js', import.meta.url));
const FIGURES = [
  { name: 'ready ms', ratio: true },
  { name: 'SOAP ms' },
  { name: 'CPU ms' },
  { name: 'MB at rest', digits: 0 },
];
const REST_MS = 2_000;
const READY: LoadRequest = { method: 'GET', path: '/readyz', headers: {} };
/** Of a token that there is not: through all layers to the store and back, without the log-in's slow hash. */
const SOAP = statusRequest('x'.repeat(43), 'nothing');

/** From the start of the process to its first answers, and what it holds when nothing happens. */
export const startUp: Scenario = {
  name: 'start-up',
  async run({ rounds }) {
    const folder = await mkdtemp(join(tmpdir(), 'jobgate-bench-'));
    const database = await BenchDatabase.create();
    try {
      const answer = join(folder, 'answer');
      await writeFile(answer, 'ready');
      const known = `sqlite:${join(folder, 'known.db')}`;
      await prepareAdministrator(known);
      let files = 0;
      const fresh = () => `sqlite:${join(folder, `fresh-${files++}.db`)}`;
      const node = () => startServer({ command: process.execPath, args: [RAW, answer] });
      const contenders: Contender[] = [
        { name: 'node:http alone', measure: () => measure(node) },
        started('a new SQLite file', fresh),
        started('SQLite', () => known),
        started('SQLite, --no-worker', () => known, '--no-worker'),
        started('MariaDB', () => database.url),
        started('MariaDB, --no-worker', () => database.url, '--no-worker'),
      ];
      return markdownTable(await compare('From the start to the first answer', FIGURES, contenders, rounds));
    } finally {
      await database.drop();
      await rm(folder, { recursive: true });
    }
  },
};

function started(name: string, url: () => string, ...args: string[]): Contender {
  return {
    name: `jobgate, ${name}`,
    measure: () => measure(() => startJobgate(url(), {}, 'serve', ...args)),
  };
}

async function measure(start: () => Promise<ServerProcess>): Promise<Measured> {
  const begun = performance.now();
  const server = await start();
  const client = new Client(server.origin);
  try {
    await answered(client, READY);
    const readyMs = performance.now() - begun;
    await answered(client, SOAP);
    const soapMs = performance.now() - begun;
    const cpu = server.processorTime();
    await pause(REST_MS);
    const atRest = server.residentBytes() / 1e6;
    return { 'ready ms': readyMs, 'SOAP ms': soapMs, 'CPU ms': cpu, 'MB at rest': atRest };
  } finally {
    await client.destroy();
    await server.stop();
  }
}

async function answered(client: Client, request: LoadRequest): Promise<void> {
  const { status, body } = await send(client, request);
  if (status !== 200) throw new Error(`${request.path} was answered ${status}: ${body}`);
}
