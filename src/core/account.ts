import type { Role } from './caller.ts';

export interface NewAccount {
  /** x21–x7E without a colon (HTTP Basic cannot carry one), at most 64 characters, case-sensitive. */
  readonly username: string;
  readonly role: Role;
  /** A self-describing scrypt hash; see password.ts. */
  readonly passwordHash: string;
  readonly created: number;
}

export interface Account extends NewAccount {
  /** It cannot log in, and has no sessions. */
  readonly disabled: boolean;
}

export interface AccountStore {
  /** Throws ACCOUNT_EXISTS. */
  insert(account: NewAccount): Promise<void>;
  find(username: string): Promise<Account | undefined>;
  /** All, by name. */
  list(): Promise<readonly Account[]>;
  /** At first start there is none. */
  hasAdministrator(): Promise<boolean>;
  /** Ends the user's sessions with it. False where there is no such account. */
  setPasswordHash(username: string, passwordHash: string): Promise<boolean>;
  /**
   * Ends the user's sessions with it. Refused where nobody would be left to administer, also when
   * two of the last administrators are disabled at once.
   */
  disable(username: string): Promise<'disabled' | 'last administrator' | 'not found'>;
  /** One that is not disabled stays as it is. False where there is no such account. */
  enable(username: string): Promise<boolean>;
}
