import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchDatabase } from '../bench-database.ts';
import { signIn, startJobgate } from '../jobgate-server.ts';
import type { ServerProcess } from '../server-process.ts';
import { BENCH_PROGRAM } from './jobgate-queue.ts';
import type { QueueBench } from './queue-bench.ts';
import { QueueClient } from './queue-client.ts';

const ADAPTER = fileURLToPath(new URL('./jobgate-queue.js', import.meta.url));
const PROGRAM = fileURLToPath(new URL('./stamp.js', import.meta.url));

/** jobgate's queue on a database of its own, with the processes that submit to it and work on it. */
export class JobgateBench implements QueueBench {
  readonly client: QueueClient;
  readonly #database: BenchDatabase;
  readonly #folder: string;
  readonly #gateway: ServerProcess | undefined;

  private constructor(database: BenchDatabase, folder: string, gateway?: ServerProcess, token?: string) {
    this.#database = database;
    this.#folder = folder;
    this.#gateway = gateway;
    const server = gateway ? `${database.url} ${gateway.origin} ${token}` : database.url;
    this.client = new QueueClient(ADAPTER, server, '');
  }

  /** Jobs are submitted as a room's core does it, into the store. */
  static async create(): Promise<JobgateBench> {
    const database = await BenchDatabase.create();
    return new JobgateBench(database, await catalogueFolder());
  }

  /** Jobs are submitted over HTTP to a gateway that has a worker of so many places. */
  static async createGateway(concurrency: number): Promise<JobgateBench> {
    const database = await BenchDatabase.create();
    const folder = await catalogueFolder();
    const gateway = await startJobgate(database.url, settings(folder, concurrency));
    return new JobgateBench(database, folder, gateway, await signIn(gateway));
  }

  startWorker(concurrency: number): Promise<ServerProcess> {
    return startJobgate(this.#database.url, settings(this.#folder, concurrency), 'worker');
  }

  async stop(): Promise<void> {
    await this.client.stop();
    await this.#gateway?.stop();
    await this.#database.drop();
    await rm(this.#folder, { recursive: true });
  }
}

async function catalogueFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jobgate-bench-'));
  const catalogue = { programs: { [BENCH_PROGRAM]: { module: PROGRAM } } };
  await writeFile(join(folder, 'catalogue.json'), JSON.stringify(catalogue));
  return folder;
}

function settings(folder: string, concurrency: number): Record<string, string> {
  return {
    JOBGATE_CATALOGUE: join(folder, 'catalogue.json'),
    JOBGATE_WORKER_CONCURRENCY: String(concurrency),
    JOBGATE_WORKER_PORT: '0',
  };
}
