import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addUser } from '../../src/commands/user-add.ts';
import { loadConfig } from '../../src/config.ts';
import type { Role } from '../../src/core/caller.ts';
import { verifyPassword } from '../../src/core/password.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { recordingTerminal } from './recording-terminal.ts';

let folder: string;
let url: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobgate-user-add-'));
  url = `sqlite:${join(folder, 'jobgate.db')}`;
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Adds an account as the command does; returns all that it printed. */
async function add(username: string, role: Role, input: string): Promise<string[]> {
  const terminal = recordingTerminal({ input });
  await addUser(loadConfig({ JOBGATE_DATABASE_URL: url }), { username, role }, terminal);
  return [...terminal.printed, ...terminal.told];
}

async function accountOf(username: string) {
  const store = await openStore({ url });
  try {
    return await store.accounts.find(username);
  } finally {
    await store.close();
  }
}

describe('user add', () => {
  test.each([
    ['text without a line end', 'hunter2', 'hunter2'],
    ['the first of several lines, spaces and all', '  hunter 2 \r\nhunter3\n', '  hunter 2 '],
  ])('takes for the password %s', async (_, input, password) => {
    expect(await add('ann', 'user', input)).toEqual(['added user ann']);
    expect(await verifyPassword(password, (await accountOf('ann'))?.passwordHash ?? '')).toBe(true);
  });

  test('gives the account the role asked for', async () => {
    expect(await add('ann', 'admin', 'hunter2\n')).toEqual(['added admin ann']);
    expect(await accountOf('ann')).toMatchObject({ username: 'ann', role: 'admin' });
  });

  test('leaves an account that exists as it was', async () => {
    await add('ann', 'user', 'hunter2\n');
    const before = await accountOf('ann');
    await expect(add('ann', 'admin', 'hunter3\n')).rejects.toMatchObject({ code: 'ACCOUNT_EXISTS' });
    expect(await accountOf('ann')).toEqual(before);
  });

  test.each([
    ['nothing on standard input', 'ann', '', 'the password is empty'],
    ['an empty first line', 'ann', '\nhunter2\n', 'the password is empty'],
    ['a password too long', 'ann', 'hunter2'.repeat(200), 'the password must be at most 1024 characters'],
    ['a name that none can have', 'a:b', 'hunter2', /^a user name must be 1 to 64/],
  ])('refuses %s, without repeating the password', async (_, username, input, message) => {
    const refusal = await add(username, 'user', input).catch((error: Error) => error);
    expect(refusal).toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    expect(String(refusal)).not.toContain('hunter2');
    expect(await accountOf(username)).toBeUndefined();
  });
});
