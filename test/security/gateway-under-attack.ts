import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { newCallbackToken } from '../../src/core/callbacks.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { openSession } from '../dialects/access/scene.ts';
import { LONG_LEASE, sampleJob } from '../storage/sample-job.ts';
import { cheapAccount } from '../support/cheap-account.ts';
import type { TestEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import type { JobgateNode, JobgateNodes } from '../support/jobgate-node.ts';
import { Bystander } from './bystander.ts';

const COLLECT_GARBAGE = new URL('./collect-garbage.js', import.meta.url).href;

export const ANN = cheapAccount('ann', 'anns password');
const BOB = cheapAccount('bob', 'bobs password');

/** One page may call the rooms from elsewhere; all others are foreign. */
export const KNOWN_ORIGIN = 'https://jobs.example.com';
export const BODY_LIMIT = 10_485_760;
export const CONNECTIONS = 300;
/** Of an address that is no trusted proxy. */
export const ADDRESS_CONNECTIONS = 100;
export const TOKEN_REQUESTS = 20;

/** The process that everything is thrown at, and what an attacker has of it: ann's token and a job of hers. */
export class GatewayUnderAttack {
  readonly node: JobgateNode;
  readonly store: Store;
  readonly token: string;
  readonly jobId: string;
  /** Of a job that an endpoint has been given. */
  readonly callback: { readonly jobId: string; readonly token: string };
  readonly bystander: Bystander;
  /** What was measured of usual requests, by their kind and size. */
  readonly usualCosts = new Map<string, number>();

  constructor(
    parts: Pick<GatewayUnderAttack, 'node' | 'store' | 'token' | 'jobId' | 'callback' | 'bystander'>,
  ) {
    this.node = parts.node;
    this.store = parts.store;
    this.token = parts.token;
    this.jobId = parts.jobId;
    this.callback = parts.callback;
    this.bystander = parts.bystander;
  }

  get port(): number {
    return this.node.port;
  }

  /** Processor time that its threads have used, in ms; finer than the ticks that /proc/PID/stat counts. */
  processorTime(): number {
    const threads = `/proc/${this.node.pid}/task`;
    const ns = readdirSync(threads).map((id) =>
      Number(readFileSync(`${threads}/${id}/schedstat`, 'utf8').split(' ')[0]),
    );
    return ns.reduce((sum, one) => sum + one, 0) / 1e6;
  }

  /** Bytes that it holds when its garbage is gone. */
  async retained(): Promise<number> {
    const said = () =>
      this.node.log.flatMap(({ retained }) => (typeof retained === 'number' ? [retained] : []));
    const before = said().length;
    this.node.signal('SIGUSR2');
    return eventually('the gateway has said what it holds', () => said()[before]);
  }

  /** What it has logged as errors of its own. */
  errors(): object[] {
    return this.node.log.filter(({ level }) => Number(level) >= 50);
  }

  async stop(): Promise<void> {
    await this.bystander.stop();
    await this.node.stop();
  }
}

export async function startGatewayUnderAttack(
  engine: TestEngine,
  nodes: JobgateNodes,
): Promise<GatewayUnderAttack> {
  const url = await engine.url();
  const store = await engine.openStore(url);
  for (const account of [ANN, BOB]) await store.accounts.insert(account);
  const callback = await heldJob(store);
  const [job, his] = [
    sampleJob({ owner: 'ann', state: 'created' }),
    sampleJob({ owner: 'bob', state: 'created' }),
  ];
  for (const one of [job, his]) await store.jobs.insert(one);
  const node = await nodes.serve(
    url,
    {
      NODE_OPTIONS: `--import=${COLLECT_GARBAGE}`,
      JOBGATE_LOG_LEVEL: 'error',
      JOBGATE_MAX_CONNECTIONS: String(CONNECTIONS),
      JOBGATE_MAX_CONNECTIONS_PER_ADDRESS: String(ADDRESS_CONNECTIONS),
      JOBGATE_MAX_TOKEN_REQUESTS: String(TOKEN_REQUESTS),
      JOBGATE_REQUEST_SECONDS: '3',
      // So that one machine can stand for many addresses.
      JOBGATE_TRUSTED_PROXIES: '127.0.0.1',
      JOBGATE_CORS_ORIGINS: KNOWN_ORIGIN,
    },
    '--no-worker',
  );
  const path = `/web3/topicmaps/${his.group}/jobs/${his.id}`;
  const bystander = new Bystander(node.port, path, await openSession(store, BOB));
  const token = await openSession(store, ANN);
  return new GatewayUnderAttack({ node, store, token, jobId: job.id, callback, bystander });
}

/** A job whose endpoint has been called. */
async function heldJob(store: Store): Promise<{ jobId: string; token: string }> {
  const now = Date.now();
  await store.jobs.insert(sampleJob({ owner: 'ann', targets: [] }));
  const [job] = await store.queue.claim({
    workerId: randomBytes(8).toString('hex'),
    limit: 1,
    leaseMs: LONG_LEASE,
    now,
  });
  if (!job) throw new Error('there was no job to claim');
  const { token, tokenHash } = newCallbackToken();
  const { jobId, workerId, attempt } = job;
  await store.callbacks.insert({ jobId, workerId, attempt, tokenHash, created: now });
  return { jobId, token };
}
