import type { Binding, Sql } from './database.ts';

/** The few places where the engines' SQL differs. Everything else is one text for both. */
export interface SqlDialect {
  readonly engine: 'mysql' | 'sqlite';
  /** The database's clock, ms UTC. */
  readonly now: string;
  /** The greater of two values, neither null. */
  greatest(a: string, b: string): string;
  /** Ends a SELECT: its rows cannot be changed until the statement's transaction ends. SQLite has one writer at a time. */
  readonly lockShared: string;
  /** Ends a SELECT: its rows are ours; rows that others hold are left out. */
  readonly lockSkippingLocked: string;
  /** Ends an INSERT: a row whose key exists is left as it is. */
  insertOrKeep(key: string): string;
  /** Ends an INSERT: a row whose key exists is changed; on MySQL assignments see those before them. */
  insertOrUpdate(key: string, assignments: string): string;
  /** Inside insertOrUpdate: the value that the INSERT brought. */
  inserted(column: string): string;
  /** A value, the same for every row, that insertRemembering is to return. */
  remember(expression: string): string;
  /** Runs an INSERT … SELECT whose least new `column` is what it remembers; returns that, or undefined if no row went in. */
  insertRemembering(
    sql: Sql,
    text: string,
    bindings: readonly Binding[],
    column: string,
  ): Promise<number | undefined>;
}

export const MYSQL: SqlDialect = {
  engine: 'mysql',
  now: 'CAST(ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS SIGNED)',
  greatest: (a, b) => `GREATEST(${a}, ${b})`,
  // MySQL 8 and MariaDB both take this older spelling; FOR SHARE is MySQL's only.
  lockShared: 'LOCK IN SHARE MODE',
  lockSkippingLocked: 'FOR UPDATE SKIP LOCKED',
  // Not INSERT IGNORE, which also turns values that do not fit into warnings.
  insertOrKeep: (key) => `ON DUPLICATE KEY UPDATE ${key} = ${key}`,
  insertOrUpdate: (_key, assignments) => `ON DUPLICATE KEY UPDATE ${assignments}`,
  inserted: (column) => `VALUES(${column})`,
  // The value comes back with the statement's own answer, where MySQL has no RETURNING.
  remember: (expression) => `LAST_INSERT_ID(${expression})`,
  async insertRemembering(sql, text, bindings) {
    const { count, lastId } = await sql.change(text, bindings);
    return count === 0 ? undefined : lastId;
  },
};

export const SQLITE: SqlDialect = {
  engine: 'sqlite',
  now: "CAST(ROUND(unixepoch('subsec') * 1000) AS INTEGER)",
  greatest: (a, b) => `MAX(${a}, ${b})`,
  lockShared: '',
  lockSkippingLocked: '',
  insertOrKeep: (key) => `ON CONFLICT (${key}) DO NOTHING`,
  insertOrUpdate: (key, assignments) => `ON CONFLICT (${key}) DO UPDATE SET ${assignments}`,
  inserted: (column) => `excluded.${column}`,
  remember: (expression) => expression,
  async insertRemembering(sql, text, bindings, column) {
    const rows = await sql.rows<Record<string, number>>(`${text} RETURNING ${column}`, bindings);
    return rows.length === 0 ? undefined : Math.min(...rows.map((row) => row[column] ?? Number.NaN));
  },
};
