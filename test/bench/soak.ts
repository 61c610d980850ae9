import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ClmClient } from '../e2e/clm-client.ts';
import { ADMIN_PASSWORD, JobgateNode } from '../support/jobgate-node.ts';
import { SoakClient } from './soak-client.ts';
import { ROUNDS } from './soak-rounds.ts';

// npm run soak [-- --requests 200000 --clients 8]: what a gateway with a worker still has in memory after that many
// requests of all rooms, on a store of its own. Prints figures for people; fails where memory goes on growing, or
// where an answer is a failure of ours.

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '200000' }, clients: { type: 'string', default: '8' } },
});
const wanted = Number(values.requests);
/** Of the second half against the first, whose first tenth warms up: more than a garbage collector's moods. */
const GROWTH = 1.15;

const folder = await mkdtemp(join(tmpdir(), 'jobgate-soak-'));
const node = new JobgateNode(['serve'], {
  JOBGATE_PORT: '0',
  JOBGATE_DATABASE_URL: `sqlite:${join(folder, 'soak.db')}`,
  JOBGATE_ADMIN_PASSWORD: ADMIN_PASSWORD,
  JOBGATE_CATALOGUE: 'fixtures/catalogue.json',
  JOBGATE_LOG_LEVEL: 'error',
  // Full within the first tenth: filling is growth too, and by default it goes on for more requests than these.
  JOBGATE_KEPT_RECORDS_BYTES: '1000000',
});
try {
  await node.started('gateway');
  const { token } = await new ClmClient(node.origin).login();
  const flat = await soak(new SoakClient(node.port), token);
  console.log(flat ? 'flat' : 'NOT FLAT');
  process.exitCode = flat ? 0 : 1;
} finally {
  await node.kill9();
  await rm(folder, { recursive: true });
}

async function soak(client: SoakClient, token: string): Promise<boolean> {
  const heaps: number[] = [];
  let round = 0;
  console.log('  requests    heap MB     RSS MB  requests/s');
  let since = performance.now();
  const work = async () => {
    while (client.total < wanted) {
      const number = round++;
      await ROUNDS[number % ROUNDS.length]?.(client, token, number);
    }
  };
  const measure = async () => {
    for (let tenth = 1; tenth <= 10; tenth++) {
      const before = client.total;
      // What it has between two collections of garbage is chance: the least of many looks is near what it keeps.
      let heap = Number.POSITIVE_INFINITY;
      let resident = 0;
      do {
        await pause(200);
        const now = await memory(client);
        heap = Math.min(heap, now.heap);
        resident = now.resident;
      } while (client.total < (wanted * tenth) / 10);
      heaps.push(heap);
      const rate = ((client.total - before) * 1_000) / (performance.now() - since);
      since = performance.now();
      console.log(
        [client.total, mb(heap), mb(resident), rate.toFixed(0)]
          .map((cell) => String(cell).padStart(10))
          .join(' '),
      );
    }
  };
  await Promise.all([measure(), ...Array.from({ length: Number(values.clients) }, work)]);
  client.close();
  console.log(
    [...client.statuses]
      .sort()
      .map(([status, count]) => `${status}: ${count}`)
      .join(', '),
  );
  if (node.stdout !== '') throw new Error(`logged as errors: ${node.stdout.slice(0, 2_000)}`);
  // A collection of all garbage comes every 30,000 requests or so.
  return Math.min(...heaps.slice(5)) <= Math.min(...heaps.slice(1, 5)) * GROWTH;
}

async function memory(client: SoakClient): Promise<{ heap: number; resident: number }> {
  const { body } = await client.ask('/metrics');
  const gauge = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(body)?.[1]);
  return { heap: gauge('nodejs_heap_size_used_bytes'), resident: gauge('process_resident_memory_bytes') };
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
