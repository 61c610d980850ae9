import type { Role } from '../core/caller.ts';
import type { Session, SessionRealm, SessionStore } from '../core/session.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { placeholders } from './placeholders.ts';
import type { Sql } from './sql.ts';
import { TurnReads } from './turn-reads.ts';

interface SessionRow {
  token_hash: string;
  username: string;
  role: Role;
  realm: SessionRealm;
  idle_ms: number;
  created: number;
  last_used: number;
  expires: number;
}

type SessionWithRole = Session & { readonly role: Role };

export class SqlSessionStore implements SessionStore {
  readonly #database: Database;

  readonly #reads: TurnReads<SessionWithRole>;

  constructor(database: Database) {
    this.#database = database;
    this.#reads = new TurnReads((hashes) => readSessions(database, hashes));
  }

  async insert(session: Session, login: { passwordHash: string; single: boolean }): Promise<boolean> {
    const { username, realm, created } = session;
    return this.#database.transaction(async (sql) => {
      // Locks the account's row: of two log-ins at once, the later one sees and ends the earlier's session, and
      // none comes in between a change of the password and the end of the sessions opened with the old one.
      const { count } = await sql.change(
        'UPDATE accounts SET last_login = ? WHERE username = ? AND password_hash = ? AND disabled = 0',
        [created, username, login.passwordHash],
      );
      if (count === 0) return false;
      if (login.single) {
        await sql.change('DELETE FROM sessions WHERE username = ? AND realm = ?', [username, realm]);
      }
      await insertSession(sql, session);
      return true;
    });
  }

  async find(tokenHash: string): Promise<SessionWithRole | undefined> {
    return isAsciiId(tokenHash) ? this.#reads.find(tokenHash) : undefined;
  }

  async touch(tokenHash: string, lastUsed: number): Promise<void> {
    await this.#database.change('UPDATE sessions SET last_used = ? WHERE token_hash = ? AND last_used < ?', [
      lastUsed,
      tokenHash,
      lastUsed,
    ]);
  }

  async remove(tokenHash: string): Promise<boolean> {
    return (await this.#database.change('DELETE FROM sessions WHERE token_hash = ?', [tokenHash])).count > 0;
  }

  async purge(before: number): Promise<number> {
    const text = 'DELETE FROM sessions WHERE expires < ? OR last_used + idle_ms < ?';
    return (await this.#database.change(text, [before, before])).count;
  }
}

async function readSessions(sql: Sql, hashes: readonly string[]): Promise<Map<string, SessionWithRole>> {
  const rows = await sql.rows<SessionRow>(
    `SELECT s.token_hash, s.username, a.role, s.realm, s.idle_ms, s.created, s.last_used, s.expires
     FROM sessions s JOIN accounts a ON a.username = s.username
     WHERE s.token_hash IN (${placeholders(hashes)}) AND a.disabled = 0`,
    hashes,
  );
  return new Map(rows.map((row) => [row.token_hash, toSession(row)]));
}

function toSession(row: SessionRow): SessionWithRole {
  return {
    tokenHash: row.token_hash,
    username: row.username,
    role: row.role,
    realm: row.realm,
    idleMs: row.idle_ms,
    created: row.created,
    lastUsed: row.last_used,
    expires: row.expires,
  };
}

async function insertSession(sql: Sql, session: Session): Promise<void> {
  const { tokenHash, username, realm, idleMs, created, lastUsed, expires } = session;
  await sql.change(
    `INSERT INTO sessions (token_hash, username, realm, idle_ms, created, last_used, expires)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [tokenHash, username, realm, idleMs, created, lastUsed, expires],
  );
}
