import type { Config } from '../config.ts';
import { Accounts } from '../core/accounts.ts';
import type { Role } from '../core/caller.ts';
import { readPassword } from './read-password.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './with-store.ts';

/** Adds an account; the password is the first line of standard input. */
export async function addUser(
  config: Config,
  { username, role }: { username: string; role: Role },
  terminal: Terminal,
): Promise<void> {
  const password = await readPassword(terminal);
  await withStore(config, (store) => new Accounts(store.accounts, Date.now).add(username, role, password));
  terminal.print(`added ${role} ${username}`);
}
