import type { Account, AccountStore, NewAccount } from '../core/account.ts';
import type { Role } from '../core/caller.ts';
import { JobgateError } from '../core/error.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { isDuplicate } from './database-error.ts';
import type { Sql } from './sql.ts';

interface AccountRow {
  username: string;
  role: Role;
  password_hash: string;
  created: number;
  disabled: number;
}

const SELECT = 'SELECT username, role, password_hash, created, disabled FROM accounts';

export class SqlAccountStore implements AccountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async insert({ username, role, passwordHash, created }: NewAccount): Promise<void> {
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
    const [row] = await this.#database.rows<AccountRow>(`${SELECT} WHERE username = ?`, [username]);
    return row && accountOf(row);
  }

  async list(): Promise<readonly Account[]> {
    return (await this.#database.rows<AccountRow>(`${SELECT} ORDER BY username`)).map(accountOf);
  }

  async hasAdministrator(): Promise<boolean> {
    return (await this.#database.rows("SELECT 1 FROM accounts WHERE role = 'admin' LIMIT 1")).length > 0;
  }

  async setPasswordHash(username: string, passwordHash: string): Promise<boolean> {
    if (!isAsciiId(username)) return false;
    return this.#database.transaction(async (sql) => {
      const text = 'UPDATE accounts SET password_hash = ? WHERE username = ?';
      const found = (await sql.change(text, [passwordHash, username])).count > 0;
      if (found) await endSessions(sql, username);
      return found;
    });
  }

  async disable(username: string): Promise<'disabled' | 'last administrator' | 'not found'> {
    if (!isAsciiId(username)) return 'not found';
    return this.#database.transaction(async (sql) => {
      // Locks the administrators' rows: of two who are disabled at once, the later one is seen to be the last.
      await sql.change("UPDATE accounts SET role = 'admin' WHERE role = 'admin'");
      const active = await sql.rows<{ username: string }>(
        "SELECT username FROM accounts WHERE role = 'admin' AND disabled = 0",
      );
      if (active.length === 1 && active[0]?.username === username) return 'last administrator';
      const text = 'UPDATE accounts SET disabled = 1 WHERE username = ?';
      if ((await sql.change(text, [username])).count === 0) return 'not found';
      await endSessions(sql, username);
      return 'disabled';
    });
  }

  async enable(username: string): Promise<boolean> {
    if (!isAsciiId(username)) return false;
    return (
      (await this.#database.change('UPDATE accounts SET disabled = 0 WHERE username = ?', [username])).count >
      0
    );
  }
}

/** After the account's row was locked: a session is opened under that lock, for an account as it then is. */
async function endSessions(sql: Sql, username: string): Promise<void> {
  await sql.change('DELETE FROM sessions WHERE username = ?', [username]);
}

function accountOf({ username, role, password_hash, created, disabled }: AccountRow): Account {
  return { username, role, passwordHash: password_hash, created, disabled: disabled === 1 };
}
