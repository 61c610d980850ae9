import { type Connection, createConnection } from 'mysql2/promise';
import { openStore, type Store } from '../../../src/storage/open-store.ts';
import { BenchDatabase } from '../bench-database.ts';
import { type Contender, compare } from '../comparison.ts';
import { markdownTable } from '../markdown-table.ts';
import type { Scenario } from '../scenario.ts';

/** Places of workers, in all. */
const PLACES = 32;
/** Connections of a process's pool. */
const POOL = 6;
/** Enough for a stretch; what is left over shows that it was. */
const JOBS = 100_000;
const LEASE_MS = 600_000;
const FIGURES = [{ name: 'rows/s', ratio: true }, { name: 'CPU µs' }];

/**
 * Jobs claimed a second, beside the least that a claim could be: one update of a queued row, by its primary key, to what
 * a claim makes of it, in a transaction of its own, from as many connections.
 */
export const claims: Scenario = {
  name: 'claims',
  async run(options) {
    const database = await BenchDatabase.create();
    const stores: Store[] = [];
    const connections: Connection[] = [];
    try {
      while (stores.length < 4) stores.push(await openStore({ url: database.url }));
      while (connections.length < PLACES) connections.push(await createConnection(database.url));
      const ms = options.stretchMs;
      const updates = (count: number) =>
        contender(`updates from ${count} connections`, database, () =>
          updateRows(connections.slice(0, count), ms),
        );
      const claimers = (processes: number) => {
        const places = PLACES / processes;
        const name = processes === 1 ? '1 worker process' : `${processes} worker processes`;
        return contender(`claims, ${name} of ${places} places`, database, () =>
          claimJobs(stores.slice(0, processes), places, ms),
        );
      };
      const contenders = [updates(PLACES), updates(POOL), claimers(1), claimers(4)];
      const title = `Queued jobs that become running, ${PLACES} places`;
      return markdownTable(await compare(title, FIGURES, contenders, options.rounds));
    } finally {
      await Promise.all([...stores.map((store) => store.close()), ...connections.map((c) => c.end())]);
      await database.drop();
    }
  },
};

function contender(name: string, database: BenchDatabase, measure: () => Promise<number>): Contender {
  return {
    name,
    async measure() {
      await fillQueue(database);
      const used = process.cpuUsage();
      const begun = performance.now();
      const rows = await measure();
      const passed = performance.now() - begun;
      const { user, system } = process.cpuUsage(used);
      const [{ running } = { running: -1 }] = await database.query<{ running: number }>(
        "SELECT COUNT(*) AS running FROM jobs WHERE state = 'running' AND attempt = 1",
      );
      if (running !== rows || rows === JOBS) throw new Error(`${name}: ${running} running of ${rows}`);
      return { 'rows/s': (rows * 1_000) / passed, 'CPU µs': (user + system) / rows };
    },
  };
}

async function fillQueue(database: BenchDatabase): Promise<void> {
  await database.query('TRUNCATE TABLE jobs');
  await database.query(
    `INSERT INTO jobs (seq, id, group_name, program, owner, state, targets, percentages, arguments, created, updated)
     SELECT seq, UUID(), 'bench', 'bench', 'admin', 'queued', '[]', '[]', '[]', 1700000000000, 1700000000000
     FROM seq_1_to_${JOBS}`,
  );
}

/** Each connection its own rows, one after the other, as mysql2 sends them. */
async function updateRows(connections: readonly Connection[], ms: number): Promise<number> {
  let next = 1;
  const end = performance.now() + ms;
  const update = async (connection: Connection) => {
    while (performance.now() < end && next < JOBS) {
      await connection.query(
        `UPDATE jobs SET state = 'running', worker_id = 'bench', attempt = attempt + 1, lease_until = ?, started = ?, updated = ?
         WHERE seq = ?`,
        [1_800_000_000_000, 1_700_000_000_001, 1_700_000_000_001, next++],
      );
    }
  };
  await Promise.all(connections.map(update));
  return next - 1;
}

/** Each store is a process's, whose only claimer asks for all of its places; they are free again at once. */
async function claimJobs(stores: readonly Store[], places: number, ms: number): Promise<number> {
  let claimed = 0;
  const end = performance.now() + ms;
  const claim = async ({ queue }: Store, index: number) => {
    while (performance.now() < end && claimed < JOBS - PLACES) {
      const request = { workerId: `bench-${index}`, limit: places, leaseMs: LEASE_MS, now: Date.now() };
      const jobs = await queue.claim(request);
      claimed += jobs.length;
    }
  };
  await Promise.all(stores.map(claim));
  return claimed;
}
