import type { Config } from '../config.ts';
import { Accounts } from '../core/accounts.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './with-store.ts';

/** Lets an account log in again, or no more. */
export async function enableUser(
  config: Config,
  { username, enabled }: { username: string; enabled: boolean },
  terminal: Terminal,
): Promise<void> {
  await withStore(config, (store) => {
    const accounts = new Accounts(store.accounts, Date.now);
    return enabled ? accounts.enable(username) : accounts.disable(username);
  });
  terminal.print(enabled ? `enabled ${username}` : `disabled ${username}; its sessions have ended`);
}
