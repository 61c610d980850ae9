import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { drawerNames } from '../conformance/drawer.ts';
import { keepFinding } from './findings.ts';
import { type FuzzGateway, startFuzzGateway } from './fuzz-gateway.ts';
import { type MangledRequest, mangledRequest } from './mangled-request.ts';
import { seedRequests } from './seed-requests.ts';
import { tryRequest } from './try-request.ts';

// Goes on with what the suite does a second of: mangled requests of all drawers, room after room, for as long as it is
// told to. What is answered wrongly is made as small as it gets and kept in fixtures/findings, which the suite replays.
//
//   npm run fuzz -- --minutes 30 [--room clm]… [--seed 1]
//
// Each line says with what seed its requests were made, and how they were answered.

/** Then it is the next room's turn, on a new store: requests that end sessions leave the old one poor. */
const LONGEST_SLICE_MS = 60_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    room: { type: 'string', multiple: true, default: drawerNames() },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});

const minutes = Number(values.minutes);
const deadline = performance.now() + minutes * 60_000;
const sliceMs = Math.min(LONGEST_SLICE_MS, (minutes * 60_000) / values.room.length);
const known = new Set<string>();
let statuses = new Map<string, number>();
let gateway: FuzzGateway | undefined;
// Whoever ends this ends the gateway too.
process.once('SIGTERM', () => {
  gateway?.node.signal('SIGKILL');
  process.exit(143);
});
try {
  for (let seed = Number(values.seed); performance.now() < deadline; ) {
    for (const room of values.room) if (performance.now() < deadline) await slice(room, seed++);
  }
} finally {
  await gateway?.close();
}
console.log(`findings: ${known.size}`);
process.exitCode = known.size > 0 ? 1 : 0;

async function slice(room: string, seed: number): Promise<void> {
  const { node } = await newGateway();
  const requests = await seedRequests(room, node.port);
  statuses = new Map();
  const result = await fc.check(
    fc.asyncProperty(mangledRequest(requests), (request) => isAnsweredWell(room, request)),
    { seed, numRuns: 1_000_000, interruptAfterTimeLimit: sliceMs },
  );
  const counts = [...statuses].sort().map(([status, count]) => `${status}: ${count}`);
  const memory = node.exit ? '' : `, ${Math.round(node.memory() / 1e6)} MB`;
  console.log(`${room}, seed ${seed}: ${result.numRuns} requests (${counts.join(', ')})${memory}`);
  const [request] = result.counterexample ?? [];
  if (request) await report(room, request);
}

/** A problem that was found before is not found again: others would hide behind it. */
async function isAnsweredWell(room: string, request: MangledRequest): Promise<boolean> {
  const { node } = gateway?.node.exit === undefined && gateway ? gateway : await newGateway();
  const started = performance.now();
  const { problem, status } = await tryRequest(node, request);
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  // Half a core is enough.
  await pause(Math.min(20, performance.now() - started));
  return problem === undefined || known.has(kindOf(room, problem));
}

async function report(room: string, request: MangledRequest): Promise<void> {
  const { node } = await newGateway();
  await seedRequests(room, node.port);
  const { problem } = await tryRequest(node, request);
  if (problem === undefined) {
    console.log(`${room}: not seen a second time:\n${request.bytes.toString('latin1')}`);
    return;
  }
  known.add(kindOf(room, problem));
  const name = keepFinding(request.bytes, { room, problem, framed: request.framed });
  console.log(`${room}: kept as ${name}: ${problem}`);
}

function kindOf(room: string, problem: string): string {
  return `${room} ${problem.replace(/[\d"].*$/s, '').slice(0, 60)}`;
}

async function newGateway(): Promise<FuzzGateway> {
  await gateway?.close();
  gateway = await startFuzzGateway();
  return gateway;
}
