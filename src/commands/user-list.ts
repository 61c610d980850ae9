import type { Config } from '../config.ts';
import { Accounts } from '../core/accounts.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './with-store.ts';

/** One account a line, by name; as JSON an array of `{username, role, created, disabled}`, times in ISO 8601. */
export async function listUsers(
  config: Config,
  { json }: { json: boolean },
  terminal: Terminal,
): Promise<void> {
  const accounts = await withStore(config, (store) => new Accounts(store.accounts, Date.now).list());
  if (json) {
    const shown = accounts.map((account) => ({
      ...account,
      created: new Date(account.created).toISOString(),
    }));
    terminal.print(JSON.stringify(shown, null, 2));
    return;
  }
  const longest = Math.max(0, ...accounts.map(({ username }) => username.length));
  for (const { username, role, disabled } of accounts) {
    terminal.print(`${username.padEnd(longest)}  ${role.padEnd(5)}  ${disabled ? 'disabled' : 'active'}`);
  }
}
