import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import type { Program } from '../../src/core/program.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { createWorker, type WorkerSettings } from '../../src/worker/worker.ts';

/** What a worker process of the tests is told on its standard input. */
export interface WorkerProcessOrders {
  readonly url: string;
  readonly programs: readonly Program[];
  readonly settings: WorkerSettings;
}

// Run as a process by the tests: a worker until SIGTERM, which then has to end by itself.
const { url, programs, settings }: WorkerProcessOrders = JSON.parse(await text(process.stdin));
const store = await openStore({ url });
const catalogue = new Map(programs.map((program) => [program.name, program]));
const log = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
const { queue, jobData: data, callbacks } = store;
const worker = createWorker({ queue, data, callbacks, catalogue, clock: Date.now, log, settings });
worker.start();
process.once('SIGTERM', () => {
  void worker.stop().then(() => store.close());
});
