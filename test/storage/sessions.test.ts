import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/core/session.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';

const NOW = 1_700_000_000_000;
const SINGLE = { passwordHash: 'x', single: true } as const;
const PLAIN = { passwordHash: 'x', single: false } as const;

function sessionOf(username: string, more: Partial<Session> = {}): Session {
  const tokenHash = randomBytes(32).toString('hex');
  return {
    tokenHash,
    username,
    realm: 'clm',
    idleMs: 60_000,
    created: NOW,
    lastUsed: NOW,
    expires: NOW + 600_000,
    ...more,
  };
}

forEachEngine((engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.openStore();
  });

  let users = 0;
  async function newUser(): Promise<string> {
    const username = `user-${++users}`;
    await store.accounts.insert({ username, role: 'user', passwordHash: 'x', created: NOW });
    return username;
  }

  test('a session is found with its account’s role', async () => {
    const session = sessionOf(await newUser());
    await store.sessions.insert(session, SINGLE);
    expect(await store.sessions.find(session.tokenHash)).toEqual({ ...session, role: 'user' });
  });

  test('a token that nobody was given finds nothing', async () => {
    expect(await store.sessions.find('0'.repeat(64))).toBeUndefined();
    expect(await store.sessions.find('nobody’s')).toBeUndefined();
  });

  test('a session ends only those of the same user, and only when single', async () => {
    const [alice, bob] = [await newUser(), await newUser()];
    const [first, second, third, other] = [
      sessionOf(alice),
      sessionOf(alice),
      sessionOf(alice),
      sessionOf(bob),
    ];
    await store.sessions.insert(other, SINGLE);
    await store.sessions.insert(first, SINGLE);
    await store.sessions.insert(second, PLAIN);
    expect(await store.sessions.find(first.tokenHash)).toBeDefined();
    await store.sessions.insert(third, SINGLE);
    expect(await store.sessions.find(first.tokenHash)).toBeUndefined();
    expect(await store.sessions.find(second.tokenHash)).toBeUndefined();
    expect(await store.sessions.find(third.tokenHash)).toBeDefined();
    expect(await store.sessions.find(other.tokenHash)).toBeDefined();
  });

  test('of sixteen single sessions at once, from two nodes, one is left', async () => {
    const url = await engine.url();
    const nodes = [await engine.openStore(url), await engine.openStore(url)];
    await nodes[0]?.accounts.insert({ username: 'alice', role: 'user', passwordHash: 'x', created: NOW });
    const sessions = Array.from({ length: 16 }, () => sessionOf('alice'));
    await Promise.all(sessions.map((session, index) => nodes[index % 2]?.sessions.insert(session, SINGLE)));
    const found = await Promise.all(sessions.map(({ tokenHash }) => nodes[0]?.sessions.find(tokenHash)));
    expect(found.filter(Boolean)).toHaveLength(1);
  });

  test('no session is stored for a password that was changed since, nor for an account disabled since', async () => {
    const [alice, bob] = [await newUser(), await newUser()];
    const [first, second] = [sessionOf(alice), sessionOf(bob)];
    await store.accounts.setPasswordHash(alice, 'y');
    await store.accounts.disable(bob);
    expect(await store.sessions.insert(first, PLAIN)).toBe(false);
    expect(await store.sessions.insert(second, SINGLE)).toBe(false);
    expect(await store.sessions.find(first.tokenHash)).toBeUndefined();
    await store.accounts.enable(bob);
    expect(await store.sessions.find(second.tokenHash)).toBeUndefined();
    expect(await store.sessions.insert(first, { ...PLAIN, passwordHash: 'y' })).toBe(true);
    expect(await store.sessions.find(first.tokenHash)).toBeDefined();
  });

  test('of log-ins with the old password, while it is being changed, no session is left', async () => {
    const username = await newUser();
    const sessions = Array.from({ length: 12 }, () => sessionOf(username));
    const opening = sessions.map((session) => store.sessions.insert(session, PLAIN));
    await store.accounts.setPasswordHash(username, 'y');
    await Promise.all(opening);
    const found = await Promise.all(sessions.map(({ tokenHash }) => store.sessions.find(tokenHash)));
    expect(found.filter(Boolean)).toEqual([]);
  });

  test('a use moves lastUsed forward, never back', async () => {
    const session = sessionOf(await newUser());
    await store.sessions.insert(session, PLAIN);
    await store.sessions.touch(session.tokenHash, NOW + 5_000);
    await store.sessions.touch(session.tokenHash, NOW + 2_000);
    expect((await store.sessions.find(session.tokenHash))?.lastUsed).toBe(NOW + 5_000);
  });

  test('a removed session is gone, and removing it again says so', async () => {
    const session = sessionOf(await newUser());
    await store.sessions.insert(session, PLAIN);
    expect(await store.sessions.remove(session.tokenHash)).toBe(true);
    expect(await store.sessions.remove(session.tokenHash)).toBe(false);
    expect(await store.sessions.find(session.tokenHash)).toBeUndefined();
  });

  describe('a purge', () => {
    test('forgets sessions that ended by age or by disuse before the time given, and no others', async () => {
      const fresh = await engine.openStore();
      await fresh.accounts.insert({ username: 'alice', role: 'user', passwordHash: 'x', created: NOW });
      const aged = sessionOf('alice', { expires: NOW + 10 });
      const unused = sessionOf('alice', { idleMs: 10 });
      const onTheDot = sessionOf('alice', { expires: NOW + 11 });
      const alive = sessionOf('alice');
      for (const session of [aged, unused, onTheDot, alive]) await fresh.sessions.insert(session, PLAIN);
      expect(await fresh.sessions.purge(NOW + 11)).toBe(2);
      expect(await fresh.sessions.find(aged.tokenHash)).toBeUndefined();
      expect(await fresh.sessions.find(unused.tokenHash)).toBeUndefined();
      expect(await fresh.sessions.find(onTheDot.tokenHash)).toBeDefined();
      expect(await fresh.sessions.find(alive.tokenHash)).toBeDefined();
    });
  });
});
