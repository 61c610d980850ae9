import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ForkedProgram } from './forked-program.ts';
import type { HowMany, QueueBench } from './queue-bench.ts';
import { QueueClient } from './queue-client.ts';

/** In the project's root, where npm runs the bench: nothing of them is compiled. */
const PEERS = resolve('test', 'bench', 'peers');
/** Two of the peers want Node 22, so all of them run on it. */
const NODE = join(PEERS, 'node_modules', 'node', 'bin', 'node');

const POSTGRES = process.env['BENCH_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const REDIS = process.env['BENCH_REDIS_URL'] ?? 'redis://127.0.0.1:6379';

/** The other job queues, and the servers that they are on. */
const SERVERS = { 'graphile-worker': POSTGRES, 'pg-boss': POSTGRES, bullmq: REDIS } as const;

export type PeerQueue = keyof typeof SERVERS;

/** A peer's queue under a name of its own in its server, with the processes that submit to it and work on it. */
export class PeerBench implements QueueBench {
  readonly client: QueueClient;
  readonly #adapter: string;
  readonly #server: string;
  readonly #name = `jobgate_bench_${randomBytes(4).toString('hex')}`;

  private constructor(peer: PeerQueue) {
    this.#adapter = join(PEERS, peer, 'queue.js');
    this.#server = SERVERS[peer];
    this.client = new QueueClient(this.#adapter, this.#server, this.#name, NODE);
  }

  /** Throws, and says what is missing, where the peer's package or its server is not there. */
  static async create(peer: PeerQueue): Promise<PeerBench> {
    const absent = [peer, 'node'].filter((name) => !existsSync(join(PEERS, 'node_modules', name)));
    if (absent.length > 0)
      throw new Error(`no package ${absent.join(', ')}: npm install --prefix test/bench/peers`);
    const bench = new PeerBench(peer);
    try {
      await bench.client.create();
      await bench.client.durability();
      return bench;
    } catch (error) {
      await bench.client.abandon();
      throw error;
    }
  }

  async startWorker(concurrency: number, how: HowMany): Promise<ForkedProgram> {
    const args = [this.#adapter, this.#server, this.#name, String(concurrency), how];
    const worker = new ForkedProgram('queue-worker', args, NODE);
    await worker.answer();
    return worker;
  }

  stop(): Promise<void> {
    return this.client.stop();
  }
}
