import { createHash } from 'node:crypto';
import type { Caller, Role } from '../../src/core/caller.ts';
import type { ClaimedJob, Outcome } from '../../src/core/job-queue.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { cheapAccount } from '../support/cheap-account.ts';

export const ANN: Caller = { username: 'ann', role: 'user' };
export const BOB: Caller = { username: 'bob', role: 'user' };
export const ROOT: Caller = { username: 'admin', role: 'admin' };

export type Core = Awaited<ReturnType<typeof coreUnderTest>>;

/** A real, empty store with nobody else in it, and a clock that stands still until it is moved. */
export async function coreUnderTest() {
  const store = await openStore({ url: 'sqlite::memory:' });
  await store.migrations.up();
  let now = Date.UTC(2024, 1, 29, 12);

  /** The worker's side of a job: claimed, and ended as `state` says. */
  async function claim(id: string): Promise<ClaimedJob> {
    const jobs = await store.queue.claim({ workerId: 'worker', limit: 1_000, leaseMs: 60_000, now });
    const job = jobs.find(({ jobId }) => jobId === id);
    if (!job) throw new Error(`${id} was not there to be claimed`);
    return job;
  }

  return {
    store,
    clock: () => now,
    pass(ms: number) {
      now += ms;
    },
    claim,
    async finish(job: ClaimedJob, state: Outcome['state'] = 'completed') {
      await store.queue.finish(job, { state, result: null, errorMessage: null }, now);
    },
    async addAccount(username: string, password: string, role: Role = 'user') {
      await store.accounts.insert(cheapAccount(username, password, role, now));
    },
    close: () => store.close(),
  };
}

/** What the store keeps of a token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
