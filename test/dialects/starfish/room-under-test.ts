import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import type { Job } from '../../../src/core/job.ts';
import type { ClaimedJob, Outcome, ProgressReport } from '../../../src/core/job-queue.ts';
import { JobWatch } from '../../../src/core/job-watch.ts';
import type { House } from '../../../src/dialects/dialect.ts';
import { starfish } from '../../../src/dialects/starfish/index.ts';
import { buildHouse } from '../../../src/house.ts';
import { createGateway } from '../../../src/http/gateway.ts';
import { Metrics } from '../../../src/http/metrics.ts';
import { Readiness } from '../../../src/http/readiness.ts';
import { createHttpServer, type HttpServer } from '../../../src/http/server.ts';
import { TrustedProxies } from '../../../src/http/trusted-proxies.ts';
import { openStore, type Store } from '../../../src/storage/open-store.ts';
import { addAccount } from '../../conformance/prepare-store.ts';
import { LIMITS } from '../../http/gateway-under-test.ts';
import type { TestEngine } from '../../support/engines.ts';

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
  let watch: JobWatch;
  let house: House;
  let server: HttpServer;
  let origin: string;

  beforeAll(async () => {
    store = await (engine ? engine.openStore() : openStore({ url: 'sqlite::memory:' }));
    await store.migrations.up();
    await addAccount(store, { username: 'ann', role: 'user', token: 'ann-token', password: 'swordfish' });
    await addAccount(store, { username: 'bob', role: 'user', token: 'bob-token' });
    await addAccount(store, { username: 'root', role: 'admin', token: 'root-token' });
    await addAccount(store, { username: 'eve', role: 'user', token: 'old-token', expired: true });
    watch = new JobWatch(store.jobs);
    const config = loadConfig({ JOBGATE_CATALOGUE: CATALOGUE, ...settings });
    const signal = { queued() {}, cancelling() {} };
    house = buildHouse(store, config, { pages: store.records, watch, signal });
    const logger = pino({ level: 'debug' }, { write: (line: string) => log.push(line) });
    const readiness = new Readiness(() => store.ping(), Date.now);
    const counts = {
      jobs: () => store.jobs.countOpen(),
      webhooks: () => store.webhooks.countOpen(),
    };
    server = createHttpServer({
      ...{ host: '127.0.0.1', port: 0, limits: LIMITS, readiness, log: logger },
      listener: createGateway({
        rooms: [await starfish.mount(house)],
        metrics: new Metrics(new Registry(), counts, Date.now),
        trustedProxies: new TrustedProxies([]),
        ...{ readiness, log: logger },
      }),
    });
    const { host, port } = await server.listen();
    origin = `http://${host}:${port}`;
  });

  afterAll(async () => {
    watch.close();
    await server.close(0);
    if (!engine) await store.close();
  });

  const room: RoomUnderTest = {
    get house() {
      return house;
    },
    get store() {
      return store;
    },
    get watch() {
      return watch;
    },
    log,
    async ask(method, path, { body, headers = {}, token = 'ann-token', signal } = {}) {
      const response = await fetch(`${origin}${path}`, {
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
