import { type Connection, createConnection } from 'mysql2/promise';
import { openStore, type Store } from '../../../src/storage/open-store.ts';
import { BenchDatabase } from '../bench-database.ts';
import { type Contender, compare } from '../comparison.ts';
import { fillJobs } from '../fill-jobs.ts';
import { markdownTable } from '../markdown-table.ts';
import type { BenchOptions, Scenario } from '../scenario.ts';
import { latency, timedCalls } from '../timed-calls.ts';

const GROUP = 'deep';
const JOBS = 10_000;
const RECORDS = 100;
const PAGE = 100;
const FIGURES = [{ name: 'median ms', ratio: true }, { name: 'p99 ms' }];
const COLUMNS = 'group_id, group_pos, job_id, target, error_code, error_message, username, created';

interface Row {
  readonly group_pos: number;
}

interface Bench {
  readonly store: Store;
  /** As it is by default: what was read lately is kept. */
  readonly keeping: Store;
  readonly plain: Connection;
  readonly groupId: number;
  readonly total: number;
}

/** Pages of a long list at any offset, with its total, before and after jobs are removed from among it. */
export const deepPage: Scenario = {
  name: 'deep-page',
  async run(options) {
    const database = await BenchDatabase.create();
    // Nothing kept: else the same page over and over would not be read at all.
    const store = await openStore({ url: database.url, keptRecordsBytes: 0 });
    const keeping = await openStore({ url: database.url });
    const plain = await createConnection({ uri: database.url, charset: 'utf8mb4', supportBigNumbers: true });
    try {
      await fillJobs(database, GROUP, { jobs: JOBS, records: RECORDS });
      const [group] = await database.query<{ id: number }>('SELECT id FROM job_groups');
      const bench = { store, keeping, plain, groupId: group?.id ?? 0, total: JOBS * RECORDS };
      const whole = await pages('1,000,000 records', bench, options);
      const begun = performance.now();
      for (let job = 50; job < JOBS; job += JOBS / 100) await store.jobs.remove(`${GROUP}-${job}`);
      const removalMs = (performance.now() - begun) / 100;
      const title = `990,000 records: 100 of the 10,000 jobs were removed, ${removalMs.toFixed(1)} ms each`;
      return [whole, await pages(title, { ...bench, total: bench.total - 100 * RECORDS }, options)].join(
        '\n',
      );
    } finally {
      await store.close();
      await keeping.close();
      await plain.end();
      await database.drop();
    }
  },
};

async function pages(title: string, bench: Bench, { rounds, stretchMs }: BenchOptions): Promise<string> {
  const { store, keeping } = bench;
  const offsets = [0, 10_000, 500_000, bench.total - PAGE];
  const contender = (way: string, offset: number, call: () => Promise<void>): Contender => ({
    name: `${way}, offset ${offset.toLocaleString('en-GB')}`,
    measure: async () => latency((await timedCalls(call, { callers: 1, ms: stretchMs / 2 })).times),
  });
  const positions = await Promise.all(offsets.map((offset) => positionOf(bench, offset)));
  const contenders = [
    ...offsets.map((offset) => contender('jobgate', offset, () => jobgatePage(bench, store, offset))),
    ...offsets.map((offset) =>
      contender('jobgate, page kept', offset, () => jobgatePage(bench, keeping, offset)),
    ),
    ...offsets.map((offset) => contender('OFFSET and COUNT(*)', offset, () => offsetPage(bench, offset))),
    ...offsets.map((offset, index) =>
      contender('position known, no total', offset, () => keysetPage(bench, positions[index] ?? 0)),
    ),
  ];
  return markdownTable(await compare(title, FIGURES, contenders, rounds));
}

async function jobgatePage({ total }: Bench, store: Store, offset: number): Promise<void> {
  const page = await store.records.pageByGroup(GROUP, { offset, max: PAGE });
  if (page.total !== total || !Array.isArray(page.items) || page.items.length !== PAGE)
    throw new Error(`not the page of ${PAGE} of ${total} at ${offset}`);
}

async function offsetPage({ plain, groupId, total }: Bench, offset: number): Promise<void> {
  const text = `SELECT ${COLUMNS} FROM records WHERE group_id = ? ORDER BY group_pos LIMIT ? OFFSET ?`;
  const rows = await query<Row>(plain, text, [groupId, PAGE, offset]);
  const counting = 'SELECT COUNT(*) AS total FROM records WHERE group_id = ?';
  const [count] = await query<{ total: number }>(plain, counting, [groupId]);
  if (rows.length !== PAGE || count?.total !== total)
    throw new Error(`${rows.length} rows of ${count?.total}`);
}

async function keysetPage({ plain, groupId }: Bench, after: number): Promise<void> {
  const text = `SELECT ${COLUMNS} FROM records WHERE group_id = ? AND group_pos > ? ORDER BY group_pos LIMIT ?`;
  const rows = await query<Row>(plain, text, [groupId, after, PAGE]);
  if (rows.length !== PAGE) throw new Error(`${rows.length} rows after ${after}`);
}

/** The position after which the page at an offset begins. */
async function positionOf({ plain, groupId }: Bench, offset: number): Promise<number> {
  const text = 'SELECT group_pos FROM records WHERE group_id = ? ORDER BY group_pos LIMIT 1 OFFSET ?';
  const [row] = await query<Row>(plain, text, [groupId, offset]);
  return (row?.group_pos ?? 0) - 1;
}

async function query<T>(connection: Connection, text: string, values: number[]): Promise<T[]> {
  return (await connection.query(text, values))[0] as T[];
}
