import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { pino } from 'pino';
import { openStore } from '../../src/storage/open-store.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { sampleJob } from '../storage/sample-job.ts';
import { moduleProgram } from '../support/module-program.ts';

// node dist/test/worker/worker.bench.js [STORE_URL]: how soon a job starts, how many empty ones
// run a second, what a report costs its program. Prints figures for people, asserts nothing.

const TIMED = (count: number, call: string) =>
  `const start = performance.now();
   for (let i = 0; i < ${count}; i++) ${call};
   return (performance.now() - start) * 1000 / ${count};`;

const PROGRAMS = {
  stamp: 'return performance.timeOrigin + performance.now();',
  progress: TIMED(1_000_000, 'job.progress(i, 1_000_000)'),
  'log, store not waited for': TIMED(900, `job.log(1, 'text')`),
  'record, many at once': TIMED(20_000, `job.record({ id: 'target', errorCode: 0 })`),
  'record, awaited one by one': TIMED(1_000, `await job.record({ id: 'target', errorCode: 0 })`),
};

const folder = mkdtempSync(join(tmpdir(), 'jobgate-bench-'));
const catalogue = new Map(
  Object.entries(PROGRAMS).map(([name, body], index) => {
    const module = join(folder, `program-${index}.mjs`);
    writeFileSync(module, `export default async (job) => { ${body} };`);
    return [name, moduleProgram(name, module)];
  }),
);
const store = await openStore({ url: argv[2] ?? `sqlite:${join(folder, 'bench.db')}` });
await store.migrations.up();

const waiting = new Map<string, (result: unknown) => void>();
const { queue } = store;
const finish: typeof queue.finish = async (fence, outcome, now) => {
  const stored = await queue.finish(fence, outcome, now);
  waiting.get(fence.jobId)?.(outcome.result ?? outcome.errorMessage);
  return stored;
};
const worker = createWorker({
  queue: new Proxy(queue, {
    get: (target, name: keyof typeof queue) => (name === 'finish' ? finish : target[name].bind(target)),
  }),
  data: store.jobData,
  callbacks: store.callbacks,
  catalogue,
  clock: Date.now,
  log: pino({ level: 'warn' }),
  settings: {
    ...{ concurrency: Number(argv[3] ?? 4), leaseMs: 15_000, maxLosses: 3, killGraceMs: 1_000 },
    ...{ drainMs: 1_000, pollMs: 200, maxHeapMb: 256, maxDataBytes: 1_000, callbackUrl: '' },
  },
});

let submitted = 0;
/** Settles when the job is stored; `result` when it has finished. */
async function submit(program: string): Promise<{ result: Promise<unknown> }> {
  const id = `bench-${Date.now()}-${submitted++}`;
  const result = new Promise((resolve) => waiting.set(id, resolve));
  await store.jobs.insert(sampleJob({ id, program, owner: 'bench', targets: [], created: Date.now() }));
  worker.queued();
  return { result };
}

worker.start();
for (let n = 0; n < 20; n++) await (await submit('stamp')).result;

const latencies: number[] = [];
for (let n = 0; n < 200; n++) {
  const before = performance.timeOrigin + performance.now();
  latencies.push(Number(await (await submit('stamp')).result) - before);
}
latencies.sort((a, b) => a - b);
console.log(
  `submit to start: median ${latencies[100]?.toFixed(2)} ms, 95th ${latencies[190]?.toFixed(2)} ms`,
);

const BATCHES = 40;
const BATCH = 50;
const start = performance.now();
const results: Promise<unknown>[] = [];
for (let n = 0; n < BATCHES; n++) {
  const batch = await Promise.all(Array.from({ length: BATCH }, () => submit('stamp')));
  results.push(...batch.map(({ result }) => result));
}
const stored = performance.now();
await Promise.all(results);
const perSecond = (BATCHES * BATCH * 1000) / (performance.now() - start);
console.log(
  `empty jobs: ${Math.round(perSecond)} a second; all submitted after ${Math.round(stored - start)} ms`,
);

for (const name of Object.keys(PROGRAMS).slice(1)) {
  console.log(`${name}: ${Number(await (await submit(name)).result).toFixed(2)} µs a call`);
}
await worker.stop();
await store.close();
rmSync(folder, { recursive: true });
