import { openStore, type Store } from '../../../src/storage/open-store.ts';
import { BareInserts, RECORD_MESSAGE } from '../bare-inserts.ts';
import { BenchDatabase } from '../bench-database.ts';
import { type Contender, compare } from '../comparison.ts';
import { markdownTable } from '../markdown-table.ts';
import { recordContender } from '../record-contender.ts';
import { inTurn, makeRecordJobs, type RecordJobs } from '../record-jobs.ts';
import { recordsOverSoap } from '../records-over-soap.ts';
import type { BenchOptions, Scenario } from '../scenario.ts';

/** As many jobs, and so groups where each has its own. */
const JOBS = 64;
const BATCH = 100;
/** As many connections as the store has. */
const POOL = 6;
const FIGURES = [
  { name: 'records/s' },
  { name: 'µs a record', ratio: true },
  { name: 'median ms' },
  { name: 'p99 ms' },
  { name: 'CPU µs' },
];

interface Bench {
  readonly store: Store;
  readonly jobs: RecordJobs;
  readonly options: BenchOptions;
  bare(connections: number): Promise<BareInserts>;
}

/** Records on their way in: clients' over SOAP, and through the store's port beside bare INSERTs. */
export const recordsIn: Scenario = {
  name: 'records-in',
  async run(options) {
    const database = await BenchDatabase.create();
    const store = await openStore({ url: database.url });
    const opened: BareInserts[] = [];
    const bare = async (connections: number) => {
      const inserts = await BareInserts.open(database, `bare_${opened.length}`, connections);
      opened.push(inserts);
      return inserts;
    };
    try {
      const jobs = await makeRecordJobs(store, JOBS);
      const bench = { store, jobs, options, bare };
      const soap = markdownTable(await recordsOverSoap(database.url, jobs, options));
      const single = [await oneByOne(bench, 1), await oneByOne(bench, 32)];
      const batches = [await inBatches(bench, 1), await inBatches(bench, 8)];
      return [soap, ...single, ...batches].join('\n');
    } finally {
      await Promise.all(opened.map((inserts) => inserts.close()));
      await store.close();
      await database.drop();
    }
  },
};

/** A record a call, stored when the call returns. */
async function oneByOne({ store, jobs, options, bare }: Bench, callers: number): Promise<string> {
  const measured = (name: string, call: () => Promise<void>) =>
    recordContender(name, call, callers, 1, options);
  const port = (name: string, kind: keyof RecordJobs) => {
    const next = inTurn(jobs[kind]);
    const text = { targetId: 'device-1', errorCode: 0, errorMessage: RECORD_MESSAGE, username: 'admin' };
    return measured(name, async () => {
      const { jobId, group } = next();
      await store.records.add({ jobId, group, ...text, created: Date.now() }, 'known');
    });
  };
  const contenders: Contender[] = [];
  for (const connections of callers > POOL ? [callers, POOL] : [callers]) {
    const inserts = await bare(connections);
    contenders.push(measured(`bare INSERT, connections: ${connections}`, () => inserts.insert('bench')));
  }
  contenders.push(
    port('jobgate, into one group', 'one'),
    port(`jobgate, into ${JOBS} groups in turn`, 'many'),
  );
  const title = `One record a call through the store's port, callers: ${callers}`;
  return markdownTable(await compare(title, FIGURES, contenders, options.rounds));
}

/** Programs' records, which a worker stores many at once. */
async function inBatches({ store, jobs, options, bare }: Bench, callers: number): Promise<string> {
  const port = (name: string, kind: keyof RecordJobs) => {
    const append = async (caller: number) => {
      const job = jobs[kind][caller];
      const record = { errorCode: 0, errorMessage: RECORD_MESSAGE, created: Date.now() };
      const records = Array.from({ length: BATCH }, (_, row) => ({ targetId: `device-${row}`, ...record }));
      if (!job || !(await store.queue.appendRecords(job, records))) throw new Error('records were refused');
    };
    return recordContender(name, append, callers, BATCH, options);
  };
  const own = await bare(callers);
  const insert = () => own.insert('bench', BATCH);
  const contenders = [
    recordContender(`bare INSERT of ${BATCH} rows, connections: ${callers}`, insert, callers, BATCH, options),
    port('jobgate, into one group', 'one'),
    port('jobgate, each caller into its own group', 'many'),
  ];
  const title = `Programs' records, ${BATCH} a call, callers: ${callers}`;
  return markdownTable(await compare(title, FIGURES, contenders, options.rounds));
}
