import type { Config } from '../config.ts';
import { Accounts } from '../core/accounts.ts';
import { readPassword } from './read-password.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './with-store.ts';

/** Gives an account a new password, the first line of standard input. */
export async function changePassword(
  config: Config,
  { username }: { username: string },
  terminal: Terminal,
): Promise<void> {
  const password = await readPassword(terminal);
  await withStore(config, (store) =>
    new Accounts(store.accounts, Date.now).changePassword(username, password),
  );
  terminal.print(`changed the password of ${username}; its sessions have ended`);
}
