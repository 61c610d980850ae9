import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { type Comparison, type Contender, compare, type Figure } from './comparison.ts';
import { httpLoad, type LoadRequest, send } from './http-load.ts';
import type { NamedAnswer } from './page-answer.ts';
import type { BenchOptions } from './scenario.ts';
import { startServer } from './server-process.ts';
import type { ClmServer } from './start-soap-peers.ts';

/** Send the first one's answer and do nothing else. */
const LIMITS = [
  { name: 'raw node:http, the same bytes', program: 'raw-server' },
  { name: 'Koa and its router, the same bytes', program: 'koa-server' },
];
/** More than any has workers; at 16, the slowest takes seconds to come to the end of a stretch. */
const CONNECTIONS = 8;
const FIGURES: readonly Figure[] = [
  { name: 'requests/s', ratio: true },
  { name: 'CPU µs', ratio: true },
  { name: 'p99 ms' },
];

interface Compared {
  readonly title: string;
  readonly request: (path: string) => LoadRequest;
  /** The first's answer is the one that the limits send. */
  readonly servers: readonly ClmServer[];
  /** Throws where the answers are not the same but for how they are written. */
  readonly check?: (answers: readonly NamedAnswer[]) => Promise<void>;
  readonly databaseTime?: (() => number) | undefined;
  /** See `Load`: where there are cores for the client and one server, and nothing else needs them. */
  readonly awake?: boolean | undefined;
  /** Whom the others are compared with; without it, the raw server. */
  readonly reference?: string;
}

/** The servers beside two that send the first one's answer, the raw one the first of all. */
export async function compareServers(
  { title, request, servers, check, databaseTime, awake, reference }: Compared,
  options: BenchOptions,
): Promise<Comparison> {
  const asked = await Promise.all(servers.map((server) => ask(server, request(server.path))));
  await check?.(asked);
  const [first] = asked;
  if (!first) throw new Error('no server to ask');
  const folder = await mkdtemp(join(tmpdir(), 'jobgate-bench-'));
  const file = join(folder, 'answer');
  await writeFile(file, first.bytes);
  const limits = await Promise.all(
    LIMITS.map(async ({ name, program }) => {
      const path = fileURLToPath(new URL(`servers/${program}.js`, import.meta.url));
      return { ...first, name, server: await startServer({ command: process.execPath, args: [path, file] }) };
    }),
  );
  try {
    const all = [...limits, ...asked];
    const ordered = [
      ...all.filter(({ name }) => name === reference),
      ...all.filter(({ name }) => name !== reference),
    ];
    const contenders = ordered.map((one) => contender(one, options, { databaseTime, awake }));
    const figures = databaseTime ? [...FIGURES, { name: 'database CPU µs' }] : FIGURES;
    const about = `${title}, ${(first.bytes.length / 1024).toFixed(1)} KB`;
    return await compare(about, figures, contenders, options.rounds);
  } finally {
    await Promise.all(limits.map(({ server }) => server.stop()));
    await rm(folder, { recursive: true });
  }
}

/** Asks each for a stretch, once for a whole run: Java and Node compile what is called often. */
export async function warmUp(
  servers: readonly ClmServer[],
  request: (path: string) => LoadRequest,
  { stretchMs }: BenchOptions,
): Promise<void> {
  for (const { server, path } of servers) {
    const load = { request: () => request(path), connections: CONNECTIONS, ms: stretchMs, check() {} };
    await httpLoad(server, load);
  }
}

interface Asked extends Pick<ClmServer, 'name' | 'server'> {
  readonly request: LoadRequest;
  readonly bytes: Buffer;
}

async function ask({ name, server }: ClmServer, request: LoadRequest): Promise<Asked> {
  const pool = new Pool(server.origin);
  try {
    const { status, body } = await send(pool, request).catch((cause: unknown) => {
      throw new Error(`${name} gave no answer`, { cause });
    });
    if (status !== 200) throw new Error(`${name} answered ${status}: ${body}`);
    return { name, server, request, bytes: body };
  } finally {
    await pool.destroy();
  }
}

function contender(
  { name, server, request, bytes }: Asked,
  { stretchMs }: BenchOptions,
  how: Pick<Compared, 'databaseTime' | 'awake'>,
): Contender {
  const check = (status: number, body: Buffer) => {
    if (status !== 200 || body.length !== bytes.length)
      throw new Error(`${name} answered ${status}: ${body}`);
  };
  // Half a stretch each: they are many.
  const load = { request: () => request, connections: CONNECTIONS, ms: stretchMs / 2, check };
  return { name, measure: () => httpLoad(server, { ...load, ...how }) };
}
