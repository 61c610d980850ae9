import type { Config } from '../config.ts';
import { Accounts } from '../core/accounts.ts';
import type { Role } from '../core/caller.ts';
import { openStore } from '../storage/open-store.ts';
import type { Terminal } from './terminal.ts';

/** Adds an account; the password is the first line of standard input. */
export async function addUser(
  config: Config,
  { username, role }: { username: string; role: Role },
  terminal: Terminal,
): Promise<void> {
  const [password = ''] = (await terminal.readInput()).split(/\r?\n/, 1);
  const store = await openStore({ url: config.JOBGATE_DATABASE_URL });
  try {
    await store.migrations.up();
    await new Accounts(store.accounts, Date.now).add(username, role, password);
    terminal.print(`added ${role} ${username}`);
  } finally {
    await store.close();
  }
}
