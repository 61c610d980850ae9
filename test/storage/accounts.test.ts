import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';

forEachEngine((engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.openStore();
  });

  const account = {
    username: 'alice',
    role: 'user',
    passwordHash: 'scrypt$1$2$3',
    created: 1_700_000_000_123,
  } as const;

  test('a store has no administrator until one is inserted', async () => {
    const fresh = await engine.openStore();
    await fresh.accounts.insert(account);
    expect(await fresh.accounts.hasAdministrator()).toBe(false);
    await fresh.accounts.insert({ ...account, username: 'root', role: 'admin' });
    expect(await fresh.accounts.hasAdministrator()).toBe(true);
  });

  test('an account is found as it was inserted', async () => {
    await store.accounts.insert(account);
    expect(await store.accounts.find('alice')).toEqual({ ...account, disabled: false });
  });

  test('a name is taken once', async () => {
    await store.accounts.insert({ ...account, username: 'bob' });
    await expect(store.accounts.insert({ ...account, username: 'bob' })).rejects.toMatchObject({
      code: 'ACCOUNT_EXISTS',
    });
  });

  test('of twenty inserts of one name at once exactly one succeeds', async () => {
    const inserts = Array.from({ length: 20 }, () =>
      store.accounts.insert({ ...account, username: 'carol' }),
    );
    const outcomes = await Promise.allSettled(inserts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test.each(['dave ', ' dave', 'DAVE', 'däve', 'dave\0', '', 'd'.repeat(65), "' OR '1'='1"])(
    'the account "dave" is not found as "%s"',
    async (name) => {
      if (!(await store.accounts.find('dave'))) await store.accounts.insert({ ...account, username: 'dave' });
      expect(await store.accounts.find(name)).toBeUndefined();
    },
  );

  test('names that differ in case are different accounts', async () => {
    await store.accounts.insert({ ...account, username: 'erin' });
    await store.accounts.insert({ ...account, username: 'Erin', role: 'admin' });
    expect((await store.accounts.find('erin'))?.role).toBe('user');
    expect((await store.accounts.find('Erin'))?.role).toBe('admin');
  });

  test('accounts are listed by name, capitals first', async () => {
    const fresh = await engine.openStore();
    for (const username of ['bob', 'alice', 'Zoe']) await fresh.accounts.insert({ ...account, username });
    await fresh.accounts.disable('bob');
    expect(await fresh.accounts.list()).toEqual([
      { ...account, username: 'Zoe', disabled: false },
      { ...account, disabled: false },
      { ...account, username: 'bob', disabled: true },
    ]);
  });

  async function openSession(username: string): Promise<string> {
    const tokenHash = randomBytes(32).toString('hex');
    const times = { created: 1, lastUsed: 1, idleMs: 1, expires: 1 };
    const login = { passwordHash: account.passwordHash, single: false };
    await store.sessions.insert({ tokenHash, username, realm: 'starfish', ...times }, login);
    expect(await store.sessions.find(tokenHash)).toBeDefined();
    return tokenHash;
  }

  test.each<[string, (username: string) => Promise<unknown>]>([
    ['a new password', (username) => store.accounts.setPasswordHash(username, 'another')],
    ['being disabled', (username) => store.accounts.disable(username)],
  ])('%s ends the user’s sessions, and nobody else’s', async (_, change) => {
    const [username, other] = [randomBytes(8).toString('hex'), randomBytes(8).toString('hex')];
    for (const name of [username, other]) await store.accounts.insert({ ...account, username: name });
    const [ended, kept] = [await openSession(username), await openSession(other)];
    await change(username);
    await store.accounts.enable(username);
    expect(await store.sessions.find(ended)).toBeUndefined();
    expect(await store.sessions.find(kept)).toBeDefined();
  });

  test('a new password hash is the account’s', async () => {
    await store.accounts.insert({ ...account, username: 'frank' });
    expect(await store.accounts.setPasswordHash('frank', 'another')).toBe(true);
    expect(await store.accounts.find('frank')).toMatchObject({ passwordHash: 'another', role: 'user' });
  });

  test('an account is disabled and enabled, as often as one likes', async () => {
    await store.accounts.insert({ ...account, username: 'grace' });
    for (const _ of [1, 2]) expect(await store.accounts.disable('grace')).toBe('disabled');
    expect((await store.accounts.find('grace'))?.disabled).toBe(true);
    for (const _ of [1, 2]) expect(await store.accounts.enable('grace')).toBe(true);
    expect((await store.accounts.find('grace'))?.disabled).toBe(false);
  });

  test.each(['nobody', 'nöbody', ''])('of "%s", who has no account, nothing is changed', async (username) => {
    expect(await store.accounts.setPasswordHash(username, 'another')).toBe(false);
    expect(await store.accounts.disable(username)).toBe('not found');
    expect(await store.accounts.enable(username)).toBe(false);
  });

  test('of three administrators who are disabled at once, on two nodes, one is left', async () => {
    const url = await engine.url();
    const nodes = [await engine.openStore(url), await engine.openStore(url)] as const;
    const names = ['amy', 'ben', 'cat'];
    for (const username of names) await nodes[0].accounts.insert({ ...account, username, role: 'admin' });
    const outcomes = await Promise.all(
      names.map((username, index) => nodes[index % 2 === 0 ? 0 : 1].accounts.disable(username)),
    );
    expect(outcomes.sort()).toEqual(['disabled', 'disabled', 'last administrator']);
    const active = (await nodes[0].accounts.list()).filter(({ disabled }) => !disabled);
    expect(active).toHaveLength(1);
  });
});
