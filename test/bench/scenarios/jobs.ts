import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, compare } from '../comparison.ts';
import { markdownTable } from '../markdown-table.ts';
import { JobgateBench } from '../queues/jobgate-bench.ts';
import { PeerBench, type PeerQueue } from '../queues/peer-bench.ts';
import type { HowMany, QueueBench, WorkerHandle } from '../queues/queue-bench.ts';
import type { BenchOptions, Scenario } from '../scenario.ts';
import { quantile } from '../statistics.ts';

/** Jobs at once in each worker process: four of them make 32. */
const PLACES = 8;
const MOST_WORKERS = 4;
const WORKERS = [1, 2, MOST_WORKERS];

interface Team {
  readonly name: string;
  readonly how: HowMany;
  readonly bench: QueueBench;
  /** Its gateway is its worker. */
  readonly alone?: boolean;
}

/** A job's way through the queue: submitted, claimed, an empty program run, finished. */
export const jobs: Scenario = {
  name: 'jobs',
  async run(options) {
    const absent: string[] = [];
    const teams = await assemble(absent);
    try {
      const tables = [await settingsOf(teams, absent)];
      const [jobgate] = teams;
      const [oneByOne, inBatches] = [ofKind(teams, 'one'), ofKind(teams, 'many')];
      const crews = oneByOne.filter(({ alone }) => !alone);
      for (const workers of WORKERS) tables.push(await throughput(crews, workers, options));
      // It has no call for many jobs, and claims as many as it has free places anyway.
      if (jobgate) tables.push(await throughput([jobgate, ...inBatches], MOST_WORKERS, options));
      tables.push(await latency(oneByOne, options));
      return tables.join('\n');
    } finally {
      for (const { bench } of teams) await bench.stop();
    }
  },
};

function ofKind(teams: readonly Team[], how: HowMany): Team[] {
  return teams.filter((team) => team.how === how);
}

async function assemble(absent: string[]): Promise<Team[]> {
  const teams: Team[] = [
    { name: 'jobgate', how: 'one', bench: await JobgateBench.create() },
    {
      name: 'jobgate over HTTP, gateway and worker in one process',
      how: 'one',
      bench: await JobgateBench.createGateway(PLACES),
      alone: true,
    },
  ];
  const peers: readonly [PeerQueue, HowMany][] = [
    ['graphile-worker', 'one'],
    ['pg-boss', 'one'],
    ['bullmq', 'one'],
    ['graphile-worker', 'many'],
    ['pg-boss', 'many'],
    ['bullmq', 'many'],
  ];
  for (const [peer, how] of peers) {
    try {
      const bench = await PeerBench.create(peer);
      teams.push({ name: how === 'many' ? `${peer}, in batches` : peer, how, bench });
    } catch (error) {
      const why = `${peer} is left out: ${String(error).split('\n')[0]}`;
      if (!absent.includes(why)) absent.push(why);
      console.error(why);
    }
  }
  return teams;
}

/** What a power cut may take, server by server, as the servers themselves say it; and who is not there. */
async function settingsOf(teams: readonly Team[], absent: readonly string[]): Promise<string> {
  const durability: string[] = [];
  for (const { bench } of teams) durability.push(await bench.client.durability());
  return [...new Set(durability), ...absent].map((line) => `- ${line}\n`).join('');
}

async function throughput(teams: readonly Team[], count: number, options: BenchOptions): Promise<string> {
  const many = teams.some(({ how }) => how === 'many') ? ', peers in batches' : '';
  const title = `Jobs a second, ${count} worker ${count === 1 ? 'process' : 'processes'} of ${PLACES} places${many}`;
  return withWorkers(teams, count, async (crewed) => {
    const contenders = crewed.map(({ team, workers }) => loaded(team, workers, options.stretchMs));
    const figures = [{ name: 'jobs/s', ratio: true }, { name: 'CPU µs' }];
    return markdownTable(await compare(title, figures, contenders, options.rounds));
  });
}

async function latency(teams: readonly Team[], options: BenchOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jobgate-bench-'));
  const file = join(folder, 'stamps');
  const title = 'From the call that submits a job to its first moment, one job every 50 ms or so';
  try {
    return await withWorkers(teams, 1, async (crewed) => {
      const contenders = crewed.map(({ team }) => timed(team, options.stretchMs * 2, file));
      const figures = [{ name: 'median ms', ratio: true }, { name: 'p99 ms' }];
      return markdownTable(await compare(title, figures, contenders, options.rounds));
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withWorkers(
  teams: readonly Team[],
  count: number,
  measure: (crewed: { team: Team; workers: WorkerHandle[] }[]) => Promise<string>,
): Promise<string> {
  const crewed = teams.map((team) => ({ team, workers: [] as WorkerHandle[] }));
  try {
    for (const { team, workers } of crewed) {
      while (!team.alone && workers.length < count)
        workers.push(await team.bench.startWorker(PLACES, team.how));
    }
    return await measure(crewed);
  } finally {
    await Promise.all(crewed.flatMap(({ workers }) => workers.map((worker) => worker.stop())));
  }
}

/** `CPU µs`: of the submitting and the working processes, for each job; not of the server. */
function loaded({ name, how, bench }: Team, workers: readonly WorkerHandle[], ms: number): Contender {
  const used = () => [bench.client, ...workers].reduce((sum, process) => sum + process.processorTime(), 0);
  return {
    name,
    async measure() {
      const before = used();
      const { jobs, ms: passed } = await bench.client.load(ms, how);
      return { 'jobs/s': (jobs * 1_000) / passed, 'CPU µs': ((used() - before) * 1_000) / jobs };
    },
  };
}

function timed({ name, bench }: Team, ms: number, file: string): Contender {
  return {
    name,
    async measure() {
      const times = await bench.client.timeStarts(ms, file);
      return { 'median ms': quantile(times, 0.5), 'p99 ms': quantile(times, 0.99) };
    },
  };
}
