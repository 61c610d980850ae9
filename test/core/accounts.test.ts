import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Accounts } from '../../src/core/accounts.ts';
import { verifyPassword } from '../../src/core/password.ts';
import { type Core, coreUnderTest } from './core-under-test.ts';

let core: Core;
let accounts: Accounts;

beforeEach(async () => {
  core = await coreUnderTest();
  accounts = new Accounts(core.store.accounts, core.clock);
});

afterEach(() => core.close());

describe('an account', () => {
  test('is stored with its role, its time and a hash of its password', async () => {
    await accounts.add('ann', 'user', 'secret');
    const account = await core.store.accounts.find('ann');
    expect(account).toMatchObject({ username: 'ann', role: 'user', created: core.clock() });
    expect(account?.passwordHash).not.toContain('secret');
    expect(await verifyPassword('secret', account?.passwordHash ?? '')).toBe(true);
  });

  test('keeps its password when somebody adds it again', async () => {
    await core.addAccount('ann', 'secret');
    await expect(accounts.add('ann', 'admin', 'other')).rejects.toMatchObject({ code: 'ACCOUNT_EXISTS' });
    const account = await core.store.accounts.find('ann');
    expect(account?.role).toBe('user');
    expect(await verifyPassword('secret', account?.passwordHash ?? '')).toBe(true);
  });

  test('is another one when its name is spelt in other case', async () => {
    await core.addAccount('ann', 'secret');
    expect(await core.store.accounts.find('Ann')).toBeUndefined();
    await core.addAccount('Ann', 'secret');
  });

  test.each([
    ['a name with a colon', 'a:b', 'secret', /^a user name must be/],
    ['no name', '', 'secret', /^a user name must be/],
    ['no password', 'ann', '', 'the password is empty'],
    [
      'a password of 1,025 characters',
      'ann',
      '\u{1F511}'.repeat(1_025),
      'the password must be at most 1024 characters',
    ],
    ['half a surrogate pair for a password', 'ann', '\uD83D', 'the password is not well-formed Unicode'],
  ])('with %s is refused', async (_, username, password, message) => {
    await expect(accounts.add(username, 'user', password)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    expect(await core.store.accounts.find(username)).toBeUndefined();
  });
});

describe('the accounts', () => {
  test('are listed without their hashes', async () => {
    await core.addAccount('bob', 'secret', 'admin');
    await core.addAccount('ann', 'secret');
    await accounts.disable('ann');
    const created = core.clock();
    expect(await accounts.list()).toEqual([
      { username: 'ann', role: 'user', created, disabled: true },
      { username: 'bob', role: 'admin', created, disabled: false },
    ]);
  });
});

describe('a change of an account', () => {
  test('gives it a new password', async () => {
    await core.addAccount('ann', 'secret');
    await accounts.changePassword('ann', 'changed');
    const { passwordHash = '' } = (await core.store.accounts.find('ann')) ?? {};
    expect(await verifyPassword('changed', passwordHash)).toBe(true);
    expect(await verifyPassword('secret', passwordHash)).toBe(false);
  });

  test.each([
    ['no password', '', 'the password is empty'],
    ['a password too long', 'x'.repeat(1_025), 'the password must be at most 1024 characters'],
  ])('to %s is refused and leaves the old one', async (_, password, message) => {
    await core.addAccount('ann', 'secret');
    const before = await core.store.accounts.find('ann');
    await expect(accounts.changePassword('ann', password)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message,
    });
    expect(await core.store.accounts.find('ann')).toEqual(before);
  });

  test('disables it and enables it again', async () => {
    await core.addAccount('ann', 'secret');
    await accounts.disable('ann');
    expect((await core.store.accounts.find('ann'))?.disabled).toBe(true);
    await accounts.enable('ann');
    expect((await core.store.accounts.find('ann'))?.disabled).toBe(false);
  });

  test('never disables the last administrator', async () => {
    await core.addAccount('ann', 'secret');
    await core.addAccount('root', 'secret', 'admin');
    await core.addAccount('away', 'secret', 'admin');
    await accounts.disable('away');
    await expect(accounts.disable('root')).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: 'root is the last administrator who is not disabled; add or enable another first',
    });
    await accounts.enable('away');
    await accounts.disable('root');
  });

  test.each<[string, (username: string) => Promise<void>]>([
    ['changePassword', (username) => accounts.changePassword(username, 'changed')],
    ['disable', (username) => accounts.disable(username)],
    ['enable', (username) => accounts.enable(username)],
  ])('%s of one that is not there says so', async (_, change) => {
    await expect(change('nobody')).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
      message: 'there is no account "nobody"',
    });
  });
});

describe('the first administrator', () => {
  test('is given a password of 144 random bits, told once', async () => {
    const { generatedPassword = '' } = await accounts.addFirstAdministrator(undefined);
    expect(generatedPassword).toMatch(/^[\w-]{24}$/);
    const account = await core.store.accounts.find('admin');
    expect(account?.role).toBe('admin');
    expect(await verifyPassword(generatedPassword, account?.passwordHash ?? '')).toBe(true);
    expect(await accounts.addFirstAdministrator(undefined)).toEqual({});
  });

  test('takes the password of the configuration, which is not told', async () => {
    expect(await accounts.addFirstAdministrator('configured')).toEqual({});
    const account = await core.store.accounts.find('admin');
    expect(await verifyPassword('configured', account?.passwordHash ?? '')).toBe(true);
  });

  test('is added where there are only users', async () => {
    await core.addAccount('ann', 'secret');
    await accounts.addFirstAdministrator('configured');
    expect((await core.store.accounts.find('admin'))?.role).toBe('admin');
  });

  test('cannot be added where its name is a user’s: the operator is told what to do', async () => {
    await core.addAccount('admin', 'secret');
    await expect(accounts.addFirstAdministrator('configured')).rejects.toThrow(
      'add one: jobgate user add NAME --role admin',
    );
  });

  test('is not added where there is another administrator', async () => {
    await core.addAccount('root', 'secret', 'admin');
    expect(await accounts.addFirstAdministrator('configured')).toEqual({});
    expect(await core.store.accounts.find('admin')).toBeUndefined();
  });

  test('is added once by nodes that start at once, and only the one whose password holds tells it', async () => {
    const told = await Promise.all([1, 2].map(() => accounts.addFirstAdministrator(undefined)));
    const passwords = told.flatMap(({ generatedPassword }) => generatedPassword ?? []);
    expect(passwords).toHaveLength(1);
    const account = await core.store.accounts.find('admin');
    expect(await verifyPassword(passwords[0] ?? '', account?.passwordHash ?? '')).toBe(true);
  });
});
