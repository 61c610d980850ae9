import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/core/session.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';

const NOW = 1_700_000_000_000;

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
    await store.sessions.insert(session, true);
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
    await store.sessions.insert(other, true);
    await store.sessions.insert(first, true);
    await store.sessions.insert(second, false);
    expect(await store.sessions.find(first.tokenHash)).toBeDefined();
    await store.sessions.insert(third, true);
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
    await Promise.all(sessions.map((session, index) => nodes[index % 2]?.sessions.insert(session, true)));
    const found = await Promise.all(sessions.map(({ tokenHash }) => nodes[0]?.sessions.find(tokenHash)));
    expect(found.filter(Boolean)).toHaveLength(1);
  });

  test('a use moves lastUsed forward, never back', async () => {
    const session = sessionOf(await newUser());
    await store.sessions.insert(session, false);
    await store.sessions.touch(session.tokenHash, NOW + 5_000);
    await store.sessions.touch(session.tokenHash, NOW + 2_000);
    expect((await store.sessions.find(session.tokenHash))?.lastUsed).toBe(NOW + 5_000);
  });

  test('a removed session is gone, and removing it again says so', async () => {
    const session = sessionOf(await newUser());
    await store.sessions.insert(session, false);
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
      for (const session of [aged, unused, onTheDot, alive]) await fresh.sessions.insert(session, false);
      expect(await fresh.sessions.purge(NOW + 11)).toBe(2);
      expect(await fresh.sessions.find(aged.tokenHash)).toBeUndefined();
      expect(await fresh.sessions.find(unused.tokenHash)).toBeUndefined();
      expect(await fresh.sessions.find(onTheDot.tokenHash)).toBeDefined();
      expect(await fresh.sessions.find(alive.tokenHash)).toBeDefined();
    });
  });
});
