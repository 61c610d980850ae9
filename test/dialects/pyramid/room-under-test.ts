import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { pyramid } from '../../../src/dialects/pyramid/index.ts';
import { openStore, type Store } from '../../../src/storage/open-store.ts';
import { addAccount } from '../../conformance/prepare-store.ts';
import { type ServedRoom, serveRoom } from '../serve-room.ts';

const CATALOGUE = fileURLToPath(new URL('../../../../fixtures/catalogue.json', import.meta.url));

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface RoomUnderTest {
  readonly store: Store;
  /** Posts to `/API3/<method>` as ada, unless the headers say otherwise; what is no text or bytes goes as JSON. */
  ask(method: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The schedules and jobs in the store. */
  countAll(): Promise<number>;
}

/** The room behind a gateway of its own, on an empty store without a worker, shared by the file's tests. */
export function roomUnderTest(settings: Record<string, string> = {}): RoomUnderTest {
  let store: Store;
  let served: ServedRoom;

  beforeAll(async () => {
    store = await openStore({ url: 'sqlite::memory:' });
    await store.migrations.up();
    await addAccount(store, { username: 'ada', role: 'user', token: 'token-of-ada' });
    await addAccount(store, { username: 'bob', role: 'user', token: 'token-of-bob' });
    await addAccount(store, { username: 'root', role: 'admin', token: 'token-of-root' });
    await addAccount(store, { username: 'eve', role: 'user', token: 'token-of-eve', expired: true });
    served = await serveRoom(pyramid, store, { JOBGATE_CATALOGUE: CATALOGUE, ...settings });
  });

  afterAll(async () => {
    await served.close();
    await store.close();
  });

  return {
    get store() {
      return store;
    },
    async ask(method, body, headers = {}) {
      const response = await fetch(`${served.origin}/API3/${method}`, {
        method: 'POST',
        headers: { paToken: 'token-of-ada', 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    async countAll() {
      const all = { skip: 0, take: 1_000 };
      const schedules = await store.schedules.search({ value: '', match: 'contains' }, all);
      const jobs = await store.jobs.page({}, 'oldest', all);
      return schedules.length + jobs.total;
    },
  };
}
