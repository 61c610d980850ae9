import type { Role } from './caller.ts';

export interface Account {
  /** x21–x7E without a colon (HTTP Basic cannot carry one), at most 64 characters, case-sensitive. */
  readonly username: string;
  readonly role: Role;
  /** A self-describing scrypt hash; see password.ts. */
  readonly passwordHash: string;
  readonly created: number;
}

export interface AccountStore {
  /** Throws ACCOUNT_EXISTS. */
  insert(account: Account): Promise<void>;
  find(username: string): Promise<Account | undefined>;
  /** At first start there is none. */
  hasAdministrator(): Promise<boolean>;
}
