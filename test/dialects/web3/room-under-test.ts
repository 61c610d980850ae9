import { afterAll, beforeAll } from 'vitest';
import { web3 } from '../../../src/dialects/web3/index.ts';
import { openStore, type Store } from '../../../src/storage/open-store.ts';
import { addAccount } from '../../conformance/prepare-store.ts';
import { type ServedRoom, serveRoom } from '../serve-room.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface RoomUnderTest {
  readonly origin: string;
  readonly store: Store;
  /** Sends as ann, unless the headers say otherwise; `path` is below the topic map `map`. */
  ask(
    method: string,
    path: string,
    body?: string | Uint8Array | ReadableStream<Uint8Array>,
    headers?: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Answer>;
  /** Creates a job as ann and returns its path, such as `/jobs/…`. */
  create(status?: 'Created' | 'Queued'): Promise<string>;
  /** Everything that the store has of jobs and their data. */
  stored(): Promise<unknown>;
}

export const XML = { 'Content-Type': 'application/xml' };
export const JSON_TYPE = { 'Content-Type': 'application/json' };
export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
export const job = (status: string, parameters = '') =>
  `<Job Type="Import" Status="${status}"><Parameters>${parameters}</Parameters></Job>`;

/** The room behind a gateway of its own, on an empty store without a worker, shared by the file's tests. */
export function roomUnderTest(settings: Record<string, string> = {}): RoomUnderTest {
  const catalogue = new URL('../../../../fixtures/catalogue.json', import.meta.url).pathname;
  let store: Store;
  let served: ServedRoom;

  beforeAll(async () => {
    store = await openStore({ url: 'sqlite::memory:' });
    await store.migrations.up();
    await addAccount(store, { username: 'ann', role: 'user', token: 'ann-token', password: 'ann: her own' });
    await addAccount(store, { username: 'bob', role: 'user', token: 'bob-token' });
    await addAccount(store, { username: 'root', role: 'admin', token: 'root-token' });
    await addAccount(store, { username: 'eve', role: 'user', token: 'old-token', expired: true });
    served = await serveRoom(web3, store, { JOBGATE_CATALOGUE: catalogue, ...settings });
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
    async ask(method, path, body, headers = {}, signal) {
      const response = await fetch(`${served.origin}/web3/topicmaps/map${path}`, {
        method,
        headers: { ...bearer('ann-token'), ...headers },
        ...(body === undefined ? {} : { body, duplex: 'half' }),
        ...(signal ? { signal } : {}),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    async create(status = 'Created') {
      const { headers } = await room.ask('POST', '/jobs', job(status), XML);
      return (headers.get('location') ?? '').replace(`${served.origin}/web3/topicmaps/map`, '');
    },
    async stored() {
      const { jobs } = await store.jobs.page({}, 'oldest', { skip: 0, take: 1_000 });
      const data = await store.jobData.listMany(jobs.map(({ id }) => id));
      return { jobs, data: [...data] };
    },
  };
  return room;
}
