import { createHash, randomUUID } from 'node:crypto';
import { LoginThrottle } from '../../src/core/login-throttle.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { cheapAccount } from '../support/cheap-account.ts';
import type { AccountSetup } from './drawer.ts';

const HOUR_MS = 3_600_000;

/** Where the runner's requests come from. */
const OWN_ADDRESS = '127.0.0.1';

/**
 * Brings a drawer's accounts into the store. A token given in a fixture is a session opened
 * before: it keeps the cases readable, and spares each a log-in.
 */
export async function addAccount(store: Store, account: AccountSetup): Promise<void> {
  const { username, role, password, token, expired = false, failedLogins = 0 } = account;
  const now = Date.now();
  const stored = cheapAccount(username, password ?? randomUUID(), role, now);
  await store.accounts.insert(stored);
  if (token !== undefined) {
    const session = {
      tokenHash: createHash('sha256').update(token).digest('hex'),
      username,
      realm: 'clm',
      idleMs: HOUR_MS,
      created: now - HOUR_MS,
      lastUsed: now,
      expires: expired ? now - 1 : now + HOUR_MS,
    } as const;
    await store.sessions.insert(session, { passwordHash: stored.passwordHash, single: false });
  }
  const throttle = new LoginThrottle(store.loginFailures, Date.now);
  for (let count = 0; count < failedLogins; count++) await throttle.failed(username, OWN_ADDRESS);
}
