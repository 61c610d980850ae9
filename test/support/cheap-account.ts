import { randomBytes, scryptSync } from 'node:crypto';
import type { NewAccount } from '../../src/core/account.ts';
import type { Role } from '../../src/core/caller.ts';

/**
 * An account whose password costs next to nothing to verify, where it is not the hash that is
 * under test: a real one takes a quarter of a second of a core, to make and at each log-in.
 */
export function cheapAccount(
  username: string,
  password: string,
  role: Role = 'user',
  created = 0,
): NewAccount {
  const salt = randomBytes(16);
  const key = scryptSync(password, salt, 32, { N: 16, r: 1, p: 1 });
  const passwordHash = ['scrypt', 16, 1, 1, salt.toString('base64url'), key.toString('base64url')].join('$');
  return { username, role, passwordHash, created };
}
