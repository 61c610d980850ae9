import type { Knex } from 'knex';
import type { DatabaseLocation } from './database-url.ts';

/** A server that does not answer is given up after this long, not after the kernel's minutes. */
const CONNECT_TIMEOUT_MS = 3_000;
/** No byte for this long in the middle of a statement: the server or the way to it is gone. */
const SILENCE_MS = 60_000;

/**
 * Set on every connection, since a server's own defaults cannot be relied on:
 * strict mode, so that nothing is cut off silently; no ANSI_QUOTES or NO_BACKSLASH_ESCAPES,
 * which would undo mysql2's escaping; UTC, so that UNIX_TIMESTAMP(NOW()) has no hour twice.
 */
const SESSION = `SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  SESSION time_zone = '+00:00', SESSION autocommit = 1, SESSION innodb_lock_wait_timeout = 3`;
const ISOLATION = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';

/** What is used of a mysql2 connection. */
export interface MysqlConnection {
  query(text: string, done: (error: Error | null) => void): void;
  readonly stream: {
    setTimeout(ms: number, expired?: () => void): void;
    destroy(error: Error): void;
  };
}

export function mysqlConfig(location: Extract<DatabaseLocation, { engine: 'mysql' }>): Knex.Config {
  const { host, port, user, password, database } = location;
  return {
    client: 'mysql2',
    connection: {
      host,
      port,
      user,
      password,
      database,
      charset: 'utf8mb4',
      timezone: 'Z',
      supportBigNumbers: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
    } as Knex.MySql2ConnectionConfig,
    pool: {
      min: 0,
      max: 6,
      createTimeoutMillis: CONNECT_TIMEOUT_MS + 1_000,
      acquireTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      afterCreate: prepareSession,
    },
  };
}

/** Whether a server that falls silent in the middle of a statement is given up. */
export function limitSilence({ stream }: MysqlConnection, limited: boolean): void {
  stream.setTimeout(limited ? SILENCE_MS : 0);
}

function prepareSession(
  connection: MysqlConnection,
  done: (error: Error | null, connection: unknown) => void,
): void {
  connection.stream.setTimeout(SILENCE_MS, () => {
    connection.stream.destroy(new Error(`the database server was silent for ${SILENCE_MS / 1000} s`));
  });
  connection.query(SESSION, (error) => {
    if (error) return done(error, connection);
    connection.query(ISOLATION, (failed) => done(failed, connection));
  });
}
