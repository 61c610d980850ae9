import { createConnection } from 'mysql2/promise';
import { Pool } from 'undici';
import { Jobs } from '../../../src/core/jobs.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { moduleProgram } from '../../support/module-program.ts';
import type { LoadRequest } from '../http-load.ts';
import { send } from '../http-load.ts';
import type { BenchQueue, Stamp } from './bench-queue.ts';

/** The program of servers/queue-client.ts's jobs, in the catalogue of the workers too. */
export const BENCH_PROGRAM = 'bench';

const CALLER = { username: 'admin', role: 'admin' } as const;

/**
 * jobgate's queue. `server`: the store's URL, and jobs are submitted by the core as a room does it; or after a blank a
 * gateway's origin too, and after another one a token: then they are submitted over HTTP.
 */
export async function open(server: string): Promise<BenchQueue> {
  const [url = '', origin, token = ''] = server.split(' ');
  const store = await openStore({ url });
  const connection = await createConnection(url);
  const catalogue = new Map([[BENCH_PROGRAM, moduleProgram(BENCH_PROGRAM, '')]]);
  const jobs = new Jobs(store.jobs, catalogue, Date.now, { queued() {}, cancelling() {} });
  const gateway = origin === undefined ? undefined : new Pool(origin, { connections: 32 });
  const count = async (condition: string) => {
    const text = `SELECT COUNT(*) AS jobs FROM jobs WHERE ${condition}`;
    return ((await connection.query(text))[0] as { jobs: number }[])[0]?.jobs ?? 0;
  };
  return {
    submit: (stamp) =>
      gateway
        ? submitByHttp(gateway, token, stamp)
        : jobs.submit(CALLER, {
            ...{ group: null, program: BENCH_PROGRAM, targets: [] },
            arguments: stamp ? [{ ...stamp }] : [],
          }),
    settled: async () => (await count("state IN ('created', 'queued', 'running', 'cancelling')")) === 0,
    completed: () => count("state = 'completed'"),
    clear: async () => void (await connection.query('TRUNCATE TABLE jobs')),
    durability: async () => {
      const [rows] = await connection.query(
        `SELECT VERSION() AS version, @@innodb_flush_log_at_trx_commit AS flush, @@sync_binlog AS binlog,
           @@log_bin AS log_bin`,
      );
      const [row] = rows as Record<string, unknown>[];
      return `MariaDB ${row?.['version']}: innodb_flush_log_at_trx_commit=${row?.['flush']}, log_bin=${row?.['log_bin']}, sync_binlog=${row?.['binlog']}`;
    },
    close: async () => {
      await Promise.all([store.close(), connection.end(), gateway?.close()]);
    },
  };
}

async function submitByHttp(gateway: Pool, token: string, stamp?: Stamp): Promise<void> {
  const request: LoadRequest = {
    method: 'POST',
    path: '/protrak/api/asyncJobs',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      type: 'ExecuteCommonProgram',
      programExecutionInfo: { programName: BENCH_PROGRAM, arguments: stamp ? [stamp] : [] },
    }),
  };
  const { status, body } = await send(gateway, request);
  if (status >= 300) throw new Error(`answered ${status}: ${body}`);
}
