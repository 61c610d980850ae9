/** What a statement may be given: never an object other than bytes, which mysql2 would spell out as SQL. */
export type Binding = string | number | null | Buffer;

/** What a writing statement did. */
export interface Change {
  /** Rows inserted, deleted, or matched by an UPDATE. */
  readonly count: number;
  /** MySQL: the value of LAST_INSERT_ID(…). */
  readonly lastId: number;
}

/**
 * How often a text comes. `prepared`: one of very few, so that MySQL is to keep it parsed, on each connection; it pays for
 * a text with sub-selects, not for a plain look-up.
 */
export type Repetition = 'prepared' | 'seldom';

/** Runs statements: each by itself, or all in one transaction. `?` stands for a binding. */
export interface Sql {
  readonly dialect: SqlDialect;
  rows<Row>(text: string, bindings?: readonly Binding[]): Promise<Row[]>;
  change(text: string, bindings?: readonly Binding[], repetition?: Repetition): Promise<Change>;
}

/** The few places where the engines' SQL differs. Everything else is one text for both. */
export interface SqlDialect {
  readonly engine: 'mysql' | 'sqlite';
  /** The database's clock, ms UTC. */
  readonly now: string;
  /** The greater of two values, neither null. */
  greatest(a: string, b: string): string;
  /** A column to compare without looking it up in an index. MySQL decides that itself, by its statistics. */
  unindexed(column: string): string;
  /** After a table's name: its rows are looked up by this index. MySQL would decide by its statistics, and lock what it walks over. */
  forceIndex(name: string): string;
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
