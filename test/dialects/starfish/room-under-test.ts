import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import type { Job } from '../../../src/core/job.ts';
import type { ClaimedJob, Outcome, ProgressReport } from '../../../src/core/job-queue.ts';
import type { JobWatch } from '../../../src/core/job-watch.ts';
import type { House } from '../../../src/dialects/dialect.ts';
import { starfish } from '../../../src/dialects/starfish/index.ts';
import { openStore, type Store } from '../../../src/storage/open-store.ts';
import { addAccount } from '../../conformance/prepare-store.ts';
import type { TestEngine } from '../../support/engines.ts';
import { type ServedRoom, serveRoom } from '../serve-room.ts';

const CATALOGUE = fileURLToPath(new URL('../../../../fixtures/catalogue.json', import.meta.url));

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
}

export interface Sent {
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
  /** Whose token goes along; ann's unless it says otherwise, null = none. */
  readonly token?: string | null;
  readonly signal?: AbortSignal;
}

export interface RoomUnderTest {
  readonly house: House;
  readonly store: Store;
  readonly watch: JobWatch;
  /** Every line logged so far. */
  readonly log: readonly string[];
  ask(method: string, path: string, sent?: Sent): Promise<Answer>;
  /** A body in JSON. */
  post(path: string, body: unknown, sent?: Sent): Promise<Answer>;
  /** What a worker does. */
  claim(): Promise<ClaimedJob[]>;
  /** Claims what is queued, which must be one job, reports on it, and ends it. */
  work(outcome?: Partial<Outcome>, report?: ProgressReport): Promise<ClaimedJob>;
  /** All jobs of the store, oldest first. */
  jobs(): Promise<readonly Job[]>;
}

/** The room behind a gateway of its own, on an empty store without a worker, shared by the suite's tests. */
export function roomUnderTest(settings: Record<string, string> = {}, engine?: TestEngine): RoomUnderTest {
  const log: string[] = [];
  let store: Store;
  let served: ServedRoom;

  beforeAll(async () => {
    store = await (engine ? engine.openStore() : openStore({ url: 'sqlite::memory:' }));
    await store.migrations.up();
    await addAccount(store, { username: 'ann', role: 'user', token: 'ann-token', password: 'swordfish' });
    await addAccount(store, { username: 'bob', role: 'user', token: 'bob-token' });
    await addAccount(store, { username: 'root', role: 'admin', token: 'root-token' });
    await addAccount(store, { username: 'eve', role: 'user', token: 'old-token', expired: true });
    const logger = pino({ level: 'debug' }, { write: (line: string) => log.push(line) });
    served = await serveRoom(starfish, store, { JOBGATE_CATALOGUE: CATALOGUE, ...settings }, logger);
  });

  afterAll(async () => {
    await served.close();
    if (!engine) await store.close();
  });

  const room: RoomUnderTest = {
    get house() {
      return served.house;
    },
    get store() {
      return store;
    },
    get watch() {
      return served.watch;
    },
    log,
    async ask(method, path, { body, headers = {}, token = 'ann-token', signal } = {}) {
      const response = await fetch(`${served.origin}${path}`, {
        method,
        headers: { ...(token !== null && { Authorization: `Bearer ${token}` }), ...headers },
        ...(body !== undefined && { body }),
        ...(signal && { signal }),
      });
      const text = await response.text();
      const isJson = /^\w+\/json; charset=utf-8$/.test(response.headers.get('content-type') ?? '');
      const json: unknown = isJson ? JSON.parse(text) : undefined;
      return { status: response.status, headers: response.headers, text, json };
    },
    post(path, body, sent = {}) {
      const headers = { 'Content-Type': 'application/json', ...sent.headers };
      return room.ask('POST', path, { ...sent, headers, body: JSON.stringify(body) });
    },
    claim() {
      return store.queue.claim({ workerId: 'w', limit: 1_000, leaseMs: 60_000, now: Date.now() });
    },
    async work(outcome = {}, report) {
      const [job, ...others] = await room.claim();
      if (!job || others.length > 0) throw new Error(`${others.length + (job ? 1 : 0)} jobs were queued`);
      if (report) await store.queue.report(job, report, Date.now());
      await store.queue.finish(
        job,
        { state: 'completed', result: null, errorMessage: null, ...outcome },
        Date.now(),
      );
      return job;
    },
    async jobs() {
      return (await store.jobs.page({}, 'oldest', { skip: 0, take: 1_000 })).jobs;
    },
  };
  return room;
}

/** A request that starts the sample program `walk`. */
export function walk(runID: string, members: Record<string, unknown> = {}): Record<string, unknown> {
  return { runID, projectID: 'sample', jobID: 'walk', ...members };
}
