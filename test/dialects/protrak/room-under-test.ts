import { afterAll, beforeAll } from 'vitest';
import type { ClaimedJob, Outcome } from '../../../src/core/job-queue.ts';
import type { JobWatch } from '../../../src/core/job-watch.ts';
import { protrak } from '../../../src/dialects/protrak/index.ts';
import { openStore, type Store } from '../../../src/storage/open-store.ts';
import { addAccount } from '../../conformance/prepare-store.ts';
import { type ServedRoom, serveRoom } from '../serve-room.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
}

export interface RoomUnderTest {
  readonly origin: string;
  readonly store: Store;
  readonly watch: JobWatch;
  /** Sends as ann, unless the headers say otherwise; `path` is below /protrak/api. */
  ask(
    method: string,
    path: string,
    body?: string | Uint8Array,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Starts a job as ann and returns its id. */
  start(programName?: string, ...values: unknown[]): Promise<string>;
  /** What a worker does: it takes the job, and ends it. */
  claim(id: string): Promise<ClaimedJob>;
  finish(id: string, outcome: Partial<Outcome>): Promise<void>;
  countJobs(): Promise<number>;
}

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
/** To send none: a header that is there counts. */
export const NO_TOKEN = { Authorization: '' };

/** The room behind a gateway of its own, on an empty store without a worker, shared by the file's tests. */
export function roomUnderTest(settings: Record<string, string> = {}): RoomUnderTest {
  let store: Store;
  let served: ServedRoom;

  beforeAll(async () => {
    store = await openStore({ url: 'sqlite::memory:' });
    await store.migrations.up();
    await addAccount(store, { username: 'ann', role: 'user', token: 'ann-token' });
    await addAccount(store, { username: 'bob', role: 'user', token: 'bob-token' });
    await addAccount(store, { username: 'root', role: 'admin', token: 'root-token' });
    await addAccount(store, { username: 'eve', role: 'user', token: 'old-token', expired: true });
    served = await serveRoom(protrak, store, settings);
  });

  afterAll(async () => {
    await served.close();
    await store.close();
  });

  const room: RoomUnderTest = {
    get origin() {
      return served.origin;
    },
    get store() {
      return store;
    },
    get watch() {
      return served.watch;
    },
    async ask(method, path, body, headers = {}) {
      const response = await fetch(`${served.origin}/protrak/api${path}`, {
        method,
        headers: { ...bearer('ann-token'), 'Content-Type': 'application/json', ...headers },
        ...(body !== undefined && { body }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type') === 'application/json; charset=utf-8';
      const json: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
      return { status: response.status, headers: response.headers, text, json };
    },
    async start(programName = 'walk', ...values) {
      const path = `/programs/${programName}/executeCommonProgramAsAsyncJob`;
      return (await room.ask('POST', path, JSON.stringify(values))).json as string;
    },
    async claim(id) {
      const jobs = await store.queue.claim({ workerId: 'w', limit: 1_000, leaseMs: 60_000, now: Date.now() });
      const job = jobs.find(({ jobId }) => jobId === id);
      if (!job) throw new Error(`${id} was not there to be claimed`);
      return job;
    },
    async finish(id, outcome) {
      const full: Outcome = { state: 'completed', result: null, errorMessage: null, ...outcome };
      await store.queue.finish(await room.claim(id), full, Date.now());
    },
    async countJobs() {
      const page = await store.jobs.page({}, 'oldest', { skip: 0, take: 0 });
      return page.total;
    },
  };
  return room;
}
