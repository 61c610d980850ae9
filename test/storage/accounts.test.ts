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
    expect(await store.accounts.find('alice')).toEqual(account);
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
});
