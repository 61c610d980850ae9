import type { Database, Statement } from 'better-sqlite3';
import type { Knex } from 'knex';

/** How long a locked file is waited for without giving the event loop back; retry.ts waits the rest. */
const BUSY_TIMEOUT_MS = 20;
const CACHED_STATEMENTS = 200;

export function sqliteConfig(filename: string): Knex.Config {
  return {
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    // One connection: SQLite has one writer, and better-sqlite3 runs on this thread anyway.
    pool: { min: 1, max: 1, acquireTimeoutMillis: 15_000, afterCreate: prepareConnection },
  };
}

function prepareConnection(connection: Database, done: (error: unknown, connection: Database) => void): void {
  try {
    connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    // The switch to WAL takes an exclusive lock: not asked for again once the file has it.
    if (connection.pragma('journal_mode', { simple: true }) !== 'wal')
      connection.pragma('journal_mode = WAL');
    // WAL's default, NORMAL, may lose acknowledged writes when the power fails.
    connection.pragma('synchronous = FULL');
    cacheStatements(connection);
    done(null, connection);
  } catch (error) {
    connection.close();
    done(error, connection);
  }
}

/**
 * knex prepares a statement anew for every query: keeping them makes lookups 1.6 times as
 * fast. And it begins transactions DEFERRED, in which a read followed by a write fails at
 * once when another process has written in between; IMMEDIATE waits its turn instead.
 */
function cacheStatements(connection: Database): void {
  const prepare = connection.prepare.bind(connection) as (text: string) => Statement;
  const cache = new Map<string, Statement>();
  const cached = (asked: string): Statement => {
    const text = asked === 'BEGIN;' ? 'BEGIN IMMEDIATE' : asked;
    const known = cache.get(text);
    if (known) return known;
    const statement = prepare(text);
    if (cache.size >= CACHED_STATEMENTS) cache.clear();
    cache.set(text, statement);
    return statement;
  };
  connection.prepare = cached as typeof connection.prepare;
}
