import { randomBytes } from 'node:crypto';
import type { AccountStore } from './account.ts';
import type { Role } from './caller.ts';
import type { Clock } from './clock.ts';
import { JobgateError } from './error.ts';
import { checkText, checkUsername, TEXT_LIMITS } from './identifiers.ts';
import { hashPassword } from './password.ts';

export const FIRST_ADMINISTRATOR = 'admin';

export class Accounts {
  readonly #store: AccountStore;
  readonly #clock: Clock;

  constructor(store: AccountStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Throws INVALID_ARGUMENT, ACCOUNT_EXISTS. Legacy clients have their passwords fixed, so none is called too weak. */
  async add(username: string, role: Role, password: string): Promise<void> {
    checkUsername(username);
    if (password === '') throw new JobgateError('INVALID_ARGUMENT', 'the password is empty');
    checkText('the password', password, TEXT_LIMITS.password);
    const passwordHash = await hashPassword(password);
    await this.#store.insert({ username, role, passwordHash, created: this.#clock() });
  }

  /**
   * Gives a store without an administrator its first, with `password` or a generated one,
   * which is returned so that it can be shown once. Of several nodes that start at once
   * only the one whose account was stored gets it back.
   */
  async addFirstAdministrator(password: string | undefined): Promise<{ generatedPassword?: string }> {
    if (await this.#store.hasAdministrator()) return {};
    const generatedPassword = randomBytes(18).toString('base64url');
    try {
      await this.add(FIRST_ADMINISTRATOR, 'admin', password ?? generatedPassword);
    } catch (error) {
      const taken = error instanceof JobgateError && error.code === 'ACCOUNT_EXISTS';
      // Another node was first, or somebody has made `admin` a user.
      if (taken && (await this.#store.hasAdministrator())) return {};
      throw taken ? nobodyAdministers() : error;
    }
    return password === undefined ? { generatedPassword } : {};
  }
}

function nobodyAdministers(): JobgateError {
  return new JobgateError(
    'ACCOUNT_EXISTS',
    `there is no administrator, and ${FIRST_ADMINISTRATOR} is a user; add one: jobgate user add NAME --role admin`,
  );
}
