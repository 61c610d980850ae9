import type { Database, Statement } from 'better-sqlite3';
import { checkBindings, type DriverConnection } from './driver-connection.ts';
import type { Binding, Change } from './sql.ts';
import { SQLITE } from './sqlite-dialect.ts';

export type SqliteClient = Pick<Database, 'prepare' | 'inTransaction'>;

/** Statements on a connection of better-sqlite3's, which run while the caller waits. */
export class SqliteDriver implements DriverConnection {
  readonly dialect = SQLITE;
  readonly #client: SqliteClient;

  constructor(client: SqliteClient) {
    this.#client = client;
  }

  async rows<Row>(text: string, bindings: readonly Binding[] = []): Promise<Row[]> {
    const statement = this.#prepare(text, bindings);
    if (statement.reader) return statement.all(bindings) as Row[];
    statement.run(bindings);
    return [];
  }

  async change(text: string, bindings: readonly Binding[] = []): Promise<Change> {
    return { count: this.#prepare(text, bindings).run(bindings).changes, lastId: 0 };
  }

  async command(text: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): Promise<void> {
    // SQLite may have done so by itself, where the disk is full, say.
    if (text === 'ROLLBACK' && !this.#client.inTransaction) return;
    // DEFERRED, its default, fails at once where another process writes between a read and a write; this waits its turn.
    this.#client.prepare(text === 'BEGIN' ? 'BEGIN IMMEDIATE' : text).run();
  }

  /** There is nothing between us and SQLite that could be in doubt. */
  discard(): void {}

  #prepare(text: string, bindings: readonly Binding[]): Statement {
    checkBindings(bindings);
    return this.#client.prepare(text);
  }
}
