import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startHousekeeping } from '../../src/housekeeping.ts';
import { type Core, coreUnderTest } from './core-under-test.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const KEY = 'k'.repeat(43);

let core: Core;
let housekeeping: { stop(): void };
let ended: { resolve(): void; reject(error: unknown): void };
let sweep: Promise<void>;

beforeEach(async () => {
  core = await coreUnderTest();
  await core.addAccount('ann', 'secret');
  sweep = new Promise((resolve, reject) => {
    ended = { resolve, reject };
  });
  // A sweep's last deed says that it has come to its end.
  const { loginFailures, sessions, webhooks, jobData, callbacks } = core.store;
  const purge = jobData.purge.bind(jobData);
  vi.spyOn(jobData, 'purge').mockImplementation(async (before) => {
    const purged = await purge(before);
    ended.resolve();
    return purged;
  });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  housekeeping = startHousekeeping({
    sessions,
    loginFailures,
    webhooks,
    jobData,
    callbacks,
    clock: core.clock,
    onError: (error) => ended.reject(error),
  });
});

afterEach(async () => {
  housekeeping.stop();
  vi.useRealTimers();
  await core.close();
});

async function openSession(tokenHash: string) {
  const { passwordHash = '' } = (await core.store.accounts.find('ann')) ?? {};
  const now = core.clock();
  const session = {
    tokenHash,
    username: 'ann',
    realm: 'clm',
    idleMs: HOUR,
    created: now,
    lastUsed: now,
  } as const;
  await core.store.sessions.insert({ ...session, expires: now + 30 * DAY }, { passwordHash, single: false });
}

describe('housekeeping', () => {
  test('forgets sessions a week after they ran out, so that until then a token is told that it expired', async () => {
    await openSession('older');
    core.pass(1);
    await openSession('newer');
    core.pass(HOUR + 7 * DAY);
    vi.advanceTimersByTime(HOUR);
    await sweep;
    expect(await core.store.sessions.find('older')).toBeUndefined();
    expect(await core.store.sessions.find('newer')).toBeDefined();
  });

  test('forgets failed log-ins after a day', async () => {
    await core.store.loginFailures.add(KEY, core.clock(), HOUR);
    core.pass(DAY + 1);
    vi.advanceTimersByTime(HOUR);
    await sweep;
    expect((await core.store.loginFailures.find([KEY])).size).toBe(0);
  });

  test('keeps failed log-ins within the day', async () => {
    await core.store.loginFailures.add(KEY, core.clock(), HOUR);
    core.pass(DAY);
    vi.advanceTimersByTime(HOUR);
    await sweep;
    expect((await core.store.loginFailures.find([KEY])).size).toBe(1);
  });

  test('forgets delivered webhooks after 30 days and dead ones after 90', async () => {
    const purge = vi.spyOn(core.store.webhooks, 'purge');
    const now = core.clock();
    vi.advanceTimersByTime(HOUR);
    await sweep;
    expect(purge).toHaveBeenCalledExactlyOnceWith({ delivered: now - 30 * DAY, dead: now - 90 * DAY });
  });

  test('tells of a store that is away, and tries again an hour later', async () => {
    vi.spyOn(core.store.sessions, 'purge').mockRejectedValueOnce(new Error('away'));
    vi.advanceTimersByTime(HOUR);
    await expect(sweep).rejects.toThrow('away');

    const again = new Promise<void>((resolve) => {
      ended = { resolve, reject() {} };
    });
    vi.advanceTimersByTime(HOUR);
    await again;
  });

  test('does nothing before its hour, nor once stopped', () => {
    const purge = vi.spyOn(core.store.sessions, 'purge');
    vi.advanceTimersByTime(HOUR - 1);
    expect(purge).not.toHaveBeenCalled();
    housekeeping.stop();
    vi.advanceTimersByTime(2 * HOUR);
    expect(purge).not.toHaveBeenCalled();
  });
});
