import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/commands/command-line.ts';
import { loadConfig } from '../../src/config.ts';
import { verifyPassword } from '../../src/core/password.ts';
import { openStore, type Store } from '../../src/storage/open-store.ts';
import { cheapAccount } from '../support/cheap-account.ts';

const CREATED = Date.UTC(2024, 1, 29, 12);

let folder: string;
let url: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jobgate-user-'));
  url = `sqlite:${join(folder, 'jobgate.db')}`;
  store = await openStore({ url });
  await store.migrations.up();
  await store.accounts.insert(cheapAccount('root', 'secret', 'admin', CREATED));
  await store.accounts.insert(cheapAccount('ann', 'secret', 'user', CREATED));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Runs a command line in this process; returns the lines that it printed. */
async function jobgate(line: string, input = ''): Promise<string[]> {
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  const terminal = {
    print,
    tell: print,
    draw: print,
    columns: undefined,
    readInput: async () => input,
    stopRequested: () => new Promise<void>(() => {}),
  };
  await parseCommandLine(line.split(' '))?.run(loadConfig({ JOBGATE_DATABASE_URL: url }), terminal);
  return printed;
}

async function isAnnsPassword(password: string): Promise<boolean> {
  return verifyPassword(password, (await store.accounts.find('ann'))?.passwordHash ?? '');
}

describe('user list', () => {
  test('has a line for each account', async () => {
    await store.accounts.disable('ann');
    expect(await jobgate('user list')).toEqual(['ann   user   disabled', 'root  admin  active']);
  });

  test('as JSON says all but the hashes', async () => {
    const created = '2024-02-29T12:00:00.000Z';
    expect(JSON.parse((await jobgate('user list --json')).join('\n'))).toEqual([
      { username: 'ann', role: 'user', created, disabled: false },
      { username: 'root', role: 'admin', created, disabled: false },
    ]);
  });

  test('of a store without accounts is empty', async () => {
    url = `sqlite:${join(folder, 'empty.db')}`;
    expect(await jobgate('user list')).toEqual([]);
    expect(await jobgate('user list --json')).toEqual(['[]']);
  });
});

describe('user passwd', () => {
  test('takes the first line of standard input for the new password, and does not show it', async () => {
    expect(await jobgate('user passwd ann --password-stdin', ' chan ged\r\nmore')).toEqual([
      'changed the password of ann; its sessions have ended',
    ]);
    expect(await isAnnsPassword(' chan ged')).toBe(true);
  });

  test('without a password leaves the old one', async () => {
    await expect(jobgate('user passwd ann --password-stdin', '\n')).rejects.toThrow('the password is empty');
    expect(await isAnnsPassword('secret')).toBe(true);
  });
});

describe('user disable and user enable', () => {
  test('do as they say', async () => {
    expect(await jobgate('user disable ann')).toEqual(['disabled ann; its sessions have ended']);
    expect((await store.accounts.find('ann'))?.disabled).toBe(true);
    expect(await jobgate('user enable ann')).toEqual(['enabled ann']);
    expect((await store.accounts.find('ann'))?.disabled).toBe(false);
  });

  test('leave the last administrator in', async () => {
    await expect(jobgate('user disable root')).rejects.toThrow(
      'root is the last administrator who is not disabled',
    );
    expect((await store.accounts.find('root'))?.disabled).toBe(false);
  });
});

test.each(['user passwd bob --password-stdin', 'user disable bob', 'user enable bob'])(
  '%s, of whom there is no account, says so',
  async (line) => {
    await expect(jobgate(line, 'secret')).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
      message: 'there is no account "bob"',
    });
  },
);
