import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { ClmClient } from '../../e2e/clm-client.ts';
import { BenchDatabase } from '../bench-database.ts';
import { pageRequest, statusRequest } from '../clm-requests.ts';
import { type Contender, compare, type Measured } from '../comparison.ts';
import { fillSqlite } from '../fill-sqlite.ts';
import { type LoadRequest, send } from '../http-load.ts';
import { startJobgate } from '../jobgate-server.ts';
import { markdownTable } from '../markdown-table.ts';
import type { Scenario } from '../scenario.ts';
import type { ServerProcess } from '../server-process.ts';
import { quantile } from '../statistics.ts';
import { streamedAnswer } from '../streamed-answer.ts';

const GROUP = 'all';
const RECORDS = 1_000_000;
const FIGURES = [
  { name: 'records/s', ratio: true },
  { name: 'MB/s' },
  { name: 'first byte ms' },
  { name: 'CPU µs a record' },
  { name: 'MB above rest', digits: 0 },
  { name: 'other client, median ms' },
  { name: 'other client, p99 ms' },
];
/** What a client does between two answers. */
const PAUSE_MS = 5;
const REST_MS = 2_000;

/** A whole list of 1,000,000 records in one answer, and what another client sees meanwhile. */
export const allRecords: Scenario = {
  name: 'all-records',
  async run({ rounds }) {
    const folder = await mkdtemp(join(tmpdir(), 'jobgate-bench-'));
    const file = join(folder, 'all.db');
    await fillSqlite(file, GROUP, RECORDS);
    const database = await BenchDatabase.create();
    const servers: ServerProcess[] = [];
    try {
      await database.fillGroup(GROUP, RECORDS);
      const contenders: Contender[] = [];
      for (const [name, url] of [
        ['MariaDB', database.url],
        ['SQLite', `sqlite:${file}`],
      ] as const) {
        // Without a worker the other client's job stays queued: one that has ended has no status.
        const server = await startJobgate(url, {}, 'serve', '--no-worker');
        servers.push(server);
        contenders.push(await wholeList(`jobgate on ${name}`, server));
      }
      const title = `listPersistentIDStatusByGroup of all ${RECORDS.toLocaleString('en-GB')} records`;
      return markdownTable(await compare(title, FIGURES, contenders, rounds));
    } finally {
      for (const server of servers) await server.stop();
      await database.drop();
      await rm(folder, { recursive: true });
    }
  },
};

async function wholeList(name: string, server: ServerProcess): Promise<Contender> {
  await pause(REST_MS);
  const rest = server.residentBytes();
  const client = await new ClmClient(server.origin).login();
  const job = await client.execute('walk', { targets: ['a'], args: ['0'] });
  const list = pageRequest(client.token, GROUP, 0, -1);
  const status = statusRequest(client.token, job);
  return { name, measure: () => measure(server, rest, list, status) };
}

async function measure(
  server: ServerProcess,
  rest: number,
  list: LoadRequest,
  status: LoadRequest,
): Promise<Measured> {
  let reading = true;
  let peak = 0;
  const times: number[] = [];
  const watch = async () => {
    for (; reading; await pause(50)) peak = Math.max(peak, server.residentBytes());
  };
  const other = async () => {
    const pool = new Pool(server.origin, { connections: 1 });
    for (; reading; await pause(PAUSE_MS)) {
      const asked = performance.now();
      const { status: code, body } = await send(pool, status);
      times.push(performance.now() - asked);
      if (code !== 200 || !body.includes('<errorCode>0<')) throw new Error(`answered ${code}: ${body}`);
    }
    await pool.destroy();
  };
  const used = server.processorTime();
  const read = async () => {
    try {
      return await streamedAnswer(server.origin, list, '<recordId>');
    } finally {
      reading = false;
    }
  };
  const [answer] = await Promise.all([read(), watch(), other()]);
  if (answer.marks !== RECORDS) throw new Error(`${answer.marks} records came`);
  return {
    'records/s': (RECORDS * 1_000) / answer.ms,
    'MB/s': answer.bytes / 1_000 / answer.ms,
    'first byte ms': answer.firstByteMs,
    'CPU µs a record': ((server.processorTime() - used) * 1_000) / RECORDS,
    'MB above rest': (peak - rest) / 1e6,
    'other client, median ms': quantile(times, 0.5),
    'other client, p99 ms': quantile(times, 0.99),
  };
}
