import { JobgateError } from '../core/error.ts';

/** What the drivers put on their errors. */
interface DriverError extends Error {
  code?: string;
  errno?: number;
  fatal?: boolean;
  sql?: unknown;
  sqlMessage?: string;
}

/**
 * Deadlock victim; lock wait ran out; a row changed while the statement that read it waited for its lock
 * (MariaDB's innodb_snapshot_isolation, on by default since 11.6). On Galera a lost certification arrives as the first.
 */
const MYSQL_TRANSIENT = new Set([1213, 1205, 1020]);
const MYSQL_DUPLICATE = 1062;
const MYSQL_NULL = 1048;
const MYSQL_AWAY = new Set([
  // No log-in: access denied (three kinds), no such database, address blocked or not allowed, too many connections.
  1044,
  1045, 1698, 1049, 1129, 1130, 1040, 1203, 1226,
  // Shutting down, statement interrupted by it, disk or table full, read-only, killed, idle too long.
  1053, 1317, 1021, 1114, 1290, 1836, 1927, 3168, 4031,
  // A Galera node that has lost its cluster, or not yet joined it.
  1047,
]);
const BROKEN_CONNECTION = new Set(['ECONNRESET', 'EPIPE', 'PROTOCOL_CONNECTION_LOST']);
const SQLITE_AWAY = /^SQLITE_(BUSY|LOCKED|CANTOPEN|IOERR|FULL|READONLY|CORRUPT|NOTADB|PERM|AUTH)/;

/** Whether the whole transaction was undone and may simply run again. */
export function isTransient(error: unknown): boolean {
  const { code, errno } = error as DriverError;
  return MYSQL_TRANSIENT.has(errno ?? 0) || /^SQLITE_(BUSY|LOCKED)/.test(code ?? '');
}

/** Whether the connection broke under the statement: it may or may not have been done. */
export function isBroken(error: unknown): boolean {
  return BROKEN_CONNECTION.has((error as DriverError).code ?? '');
}

/** Whether a row was refused because its key exists. */
export function isDuplicate(error: unknown): boolean {
  const { code, errno } = error as DriverError;
  return (
    errno === MYSQL_DUPLICATE ||
    code === 'SQLITE_CONSTRAINT_PRIMARYKEY' ||
    code === 'SQLITE_CONSTRAINT_UNIQUE'
  );
}

/** Whether a row was refused because this column of it was null. */
export function isNullRefused(error: unknown, column: string): boolean {
  const { code, errno, message } = error as DriverError;
  return (errno === MYSQL_NULL || code === 'SQLITE_CONSTRAINT_NOTNULL') && message.includes(column);
}

function isAway(error: DriverError): boolean {
  const { code = '', errno = 0, fatal, name } = error;
  return (
    fatal === true ||
    MYSQL_TRANSIENT.has(errno) ||
    MYSQL_AWAY.has(errno) ||
    SQLITE_AWAY.test(code) ||
    // The pool's and the driver's own: no connection within the time allowed, or one that broke.
    name === 'TimeoutError' ||
    name === 'KnexTimeoutError' ||
    /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_|PROTOCOL_)/.test(code) ||
    /closed state|was silent for|^Cannot open database/.test(error.message)
  );
}

/**
 * What leaves the store: STORE_UNAVAILABLE when the database is away, else the driver's
 * error. Either way without the statement, whose values may be secrets.
 */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof JobgateError) return error;
  const driver = error as DriverError;
  delete driver.sql;
  if (driver.sqlMessage !== undefined) driver.message = driver.sqlMessage;
  if (!isAway(driver)) return driver;
  return new JobgateError('STORE_UNAVAILABLE', 'the job store is not available at the moment', {
    cause: driver,
  });
}
