import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { openStore } from '../../src/storage/open-store.ts';
import { createWorker, type WorkerSettings } from '../../src/worker/worker.ts';
import { moduleProgram } from '../support/module-program.ts';

/** What a worker process of the tests is told on its standard input. */
export interface WorkerProcessOrders {
  readonly url: string;
  readonly programs: readonly (readonly [name: string, module: string])[];
  readonly settings: WorkerSettings;
}

// Run as a process by the tests: a worker until SIGTERM, which then has to end by itself.
const { url, programs, settings }: WorkerProcessOrders = JSON.parse(await text(process.stdin));
const store = await openStore({ url });
const catalogue = new Map(programs.map(([name, module]) => [name, moduleProgram(name, module)]));
const log = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
const worker = createWorker({ queue: store.queue, catalogue, clock: Date.now, log, settings });
worker.start();
process.once('SIGTERM', () => {
  void worker.stop().then(() => store.close());
});
