import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ClmClient } from '../../e2e/clm-client.ts';
import { BenchDatabase } from '../bench-database.ts';
import { statusRequest } from '../clm-requests.ts';
import { type Contender, compare } from '../comparison.ts';
import type { LoadRequest } from '../http-load.ts';
import { startJobgate } from '../jobgate-server.ts';
import { markdownTable } from '../markdown-table.ts';
import { poll } from '../polling.ts';
import type { Scenario } from '../scenario.ts';
import type { ServerProcess } from '../server-process.ts';
import { latency } from '../timed-calls.ts';

const GROUP = 'poll';
const JOBS = 50;
const CLIENTS = 500;
const EVERY_MS = 2_000;
const START_MS = 60_000;
const FIGURES = [
  { name: 'answers/s', digits: 0 },
  { name: 'median ms' },
  { name: 'p99 ms' },
  { name: '% of a core' },
  { name: 'CPU µs' },
  { name: '% 304', digits: 0 },
];

/** Many clients that each ask again and again how their job is, while a worker in the same process runs the jobs. */
export const polling: Scenario = {
  name: 'poll',
  async run({ rounds, stretchMs }) {
    const database = await BenchDatabase.create();
    const server = await startJobgate(database.url, {
      JOBGATE_CATALOGUE: join('test', 'bench', 'catalogue.json'),
      JOBGATE_WORKER_CONCURRENCY: String(JOBS),
      // All clients are on one address here, and so are those that start the jobs.
      JOBGATE_MAX_CONNECTIONS_PER_ADDRESS: '1000',
    });
    try {
      const client = await new ClmClient(server.origin).login();
      const running = await submit(client);
      await untilRunning(client, running);
      const waiting = await submit(client);
      const { token } = client;
      const clm = (jobs: string[]) => (number: number) => statusRequest(token, jobs[number % JOBS] ?? '');
      const web3 = (jobs: string[]) => (number: number) => web3Request(token, jobs[number % JOBS] ?? '');
      const ms = 2 * stretchMs;
      const contenders = [
        nobody(server, ms),
        asked('CLM, getAsyncOperationStatus', server, ms, clm(running), '<errorCode>0<'),
        asked('Web3, JSON', server, ms, web3(running), '"Status":2'),
        asked('Web3, JSON, If-None-Match', server, ms, web3(running), '"Status":2', true),
        asked('the same of jobs in the queue', server, ms, web3(waiting), '"Status":1', true),
      ];
      const title = `${CLIENTS} clients ask every ${EVERY_MS / 1_000} s, ${JOBS} jobs run`;
      return markdownTable(await compare(title, FIGURES, contenders, rounds));
    } finally {
      await server.stop();
      await database.drop();
    }
  },
};

function submit(client: ClmClient): Promise<string[]> {
  return Promise.all(Array.from({ length: JOBS }, () => client.execute('tick', { group: GROUP })));
}

async function untilRunning(client: ClmClient, jobs: readonly string[]): Promise<void> {
  const deadline = performance.now() + START_MS;
  for (const job of jobs) {
    while ((await client.job(job)).statusName !== 'Running') {
      if (performance.now() > deadline) throw new Error(`job ${job} does not run`);
      await pause(100);
    }
  }
}

function web3Request(token: string, job: string): LoadRequest {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  return { method: 'GET', path: `/web3/topicmaps/${GROUP}/jobs/${job}`, headers };
}

/** What the running jobs cost by themselves. */
function nobody(server: ServerProcess, ms: number): Contender {
  return {
    name: 'nobody asks',
    async measure() {
      const used = server.processorTime();
      const begun = performance.now();
      await pause(ms);
      return { '% of a core': ((server.processorTime() - used) * 100) / (performance.now() - begun) };
    },
  };
}

function asked(
  name: string,
  server: ServerProcess,
  ms: number,
  request: (client: number) => LoadRequest,
  wanted: string,
  conditional = false,
): Contender {
  const check = (status: number, body: string) => {
    if (status !== 200 || !body.includes(wanted)) throw new Error(`${name} answered ${status}: ${body}`);
  };
  const polls = { clients: CLIENTS, everyMs: EVERY_MS, ms, request, conditional, check };
  return {
    name,
    async measure() {
      const used = server.processorTime();
      const begun = performance.now();
      const { times, statuses } = await poll(server.origin, polls);
      const passed = performance.now() - begun;
      const cpu = server.processorTime() - used;
      return {
        'answers/s': (times.length * 1_000) / passed,
        ...latency(times),
        '% of a core': (cpu * 100) / passed,
        'CPU µs': (cpu * 1_000) / times.length,
        '% 304': (statuses.filter((status) => status === 304).length * 100) / statuses.length,
      };
    },
  };
}
