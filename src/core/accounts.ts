import { randomBytes } from 'node:crypto';
import type { Account, AccountStore } from './account.ts';
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
    checkPassword(password);
    const passwordHash = await hashPassword(password);
    await this.#store.insert({ username, role, passwordHash, created: this.#clock() });
  }

  /** All, by name. */
  async list(): Promise<Omit<Account, 'passwordHash'>[]> {
    return (await this.#store.list()).map(({ passwordHash: _, ...account }) => account);
  }

  /** Ends the user's sessions. Throws INVALID_ARGUMENT, ACCOUNT_NOT_FOUND. */
  async changePassword(username: string, password: string): Promise<void> {
    checkPassword(password);
    const found = await this.#store.setPasswordHash(username, await hashPassword(password));
    if (!found) throw notFound(username);
  }

  /** It can log in no more, and its sessions end. Throws ACCOUNT_NOT_FOUND, and INVALID_ARGUMENT for the last administrator. */
  async disable(username: string): Promise<void> {
    const outcome = await this.#store.disable(username);
    if (outcome === 'not found') throw notFound(username);
    if (outcome === 'last administrator') {
      throw new JobgateError(
        'INVALID_ARGUMENT',
        `${username} is the last administrator who is not disabled; add or enable another first`,
      );
    }
  }

  /** Throws ACCOUNT_NOT_FOUND. */
  async enable(username: string): Promise<void> {
    if (!(await this.#store.enable(username))) throw notFound(username);
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

function checkPassword(password: string): void {
  if (password === '') throw new JobgateError('INVALID_ARGUMENT', 'the password is empty');
  checkText('the password', password, TEXT_LIMITS.password);
}

/** The name may be of any length, and is the caller's own. */
function notFound(username: string): JobgateError {
  return new JobgateError(
    'ACCOUNT_NOT_FOUND',
    `there is no account ${JSON.stringify(username.slice(0, TEXT_LIMITS.username))}`,
  );
}

function nobodyAdministers(): JobgateError {
  return new JobgateError(
    'ACCOUNT_EXISTS',
    `there is no administrator, and ${FIRST_ADMINISTRATOR} is a user; add one: jobgate user add NAME --role admin`,
  );
}
