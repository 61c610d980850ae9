import type { Account, AccountStore } from '../core/account.ts';
import type { Role } from '../core/caller.ts';
import { JobgateError } from '../core/error.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { isDuplicate } from './database-error.ts';

interface AccountRow {
  username: string;
  role: Role;
  password_hash: string;
  created: number;
}

export class SqlAccountStore implements AccountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async insert({ username, role, passwordHash, created }: Account): Promise<void> {
    try {
      await this.#database.change(
        'INSERT INTO accounts (username, role, password_hash, created) VALUES (?, ?, ?, ?)',
        [username, role, passwordHash, created],
      );
    } catch (error) {
      if (isDuplicate(error))
        throw new JobgateError('ACCOUNT_EXISTS', `there is an account ${username} already`);
      throw error;
    }
  }

  async find(username: string): Promise<Account | undefined> {
    if (!isAsciiId(username)) return undefined;
    const [row] = await this.#database.rows<AccountRow>(
      'SELECT username, role, password_hash, created FROM accounts WHERE username = ?',
      [username],
    );
    return (
      row && { username: row.username, role: row.role, passwordHash: row.password_hash, created: row.created }
    );
  }

  async hasAdministrator(): Promise<boolean> {
    return (await this.#database.rows("SELECT 1 FROM accounts WHERE role = 'admin' LIMIT 1")).length > 0;
  }
}
