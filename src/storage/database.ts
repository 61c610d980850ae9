import knex, { type Knex } from 'knex';
import { isBroken, isTransient, toStoreError } from './database-error.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { type DriverConnection, inTransaction } from './driver-connection.ts';
import { mysqlConfig } from './mysql-connection.ts';
import { MYSQL } from './mysql-dialect.ts';
import { type MysqlClient, MysqlDriver } from './mysql-driver.ts';
import { retryOn } from './retry.ts';
import type { Binding, Change, Repetition, Sql, SqlDialect } from './sql.ts';
import { sqliteConfig } from './sqlite-connection.ts';
import { SQLITE } from './sqlite-dialect.ts';
import { type SqliteClient, SqliteDriver } from './sqlite-driver.ts';
import type { StoreLog } from './store-log.ts';

/** The one place where statements are run. Errors that leave it are those of database-error.ts. */
export class Database implements Sql {
  readonly dialect: SqlDialect;
  readonly #knex: Knex;
  readonly #wrap: (connection: unknown) => DriverConnection;

  constructor(url: string, log: StoreLog | undefined) {
    const location = parseDatabaseUrl(url);
    this.dialect = location.engine === 'mysql' ? MYSQL : SQLITE;
    const warn = (message: unknown) => log?.warn({}, `database: ${String(message)}`);
    // Connections that could not be had, each with its stack: whoever asked for one says why, once an outage.
    const debug = (message: unknown) => log?.debug({}, `database: ${String(message)}`);
    this.#wrap = (connection) =>
      location.engine === 'mysql'
        ? new MysqlDriver(connection as MysqlClient)
        : new SqliteDriver(connection as SqliteClient);
    this.#knex = knex({
      ...(location.engine === 'mysql' ? mysqlConfig(location) : sqliteConfig(location.filename)),
      // Else the values of a failed statement would become part of its error's message.
      compileSqlOnError: false,
      log: { warn: debug, error: debug, deprecate: warn, debug: () => {} },
    });
  }

  /** Once more where the connection broke: a server or proxy may close an idle one just as it is taken. */
  rows<Row>(text: string, bindings: readonly Binding[] = []): Promise<Row[]> {
    const read = () =>
      retryOn(isTransient, () => this.#connected((connection) => connection.rows<Row>(text, bindings)));
    return guarded(() =>
      read().catch((error: unknown) => {
        if (isBroken(error)) return read();
        throw error;
      }),
    );
  }

  change(text: string, bindings: readonly Binding[] = [], repetition?: Repetition): Promise<Change> {
    return guarded(() =>
      retryOn(isTransient, () =>
        this.#connected((connection) => connection.change(text, bindings, repetition)),
      ),
    );
  }

  /** All or nothing; run again as a whole after a deadlock, so `work` must have no other effects. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return guarded(() =>
      retryOn(isTransient, () =>
        this.#connected((connection) => inTransaction(connection, () => work(connection))),
      ),
    );
  }

  /** For the migrator, which is knex's own. */
  withKnex<T>(work: (knex: Knex) => Promise<T>): Promise<T> {
    return guarded(() => retryOn(isTransient, () => work(this.#knex)));
  }

  async ping(timeoutMs: number): Promise<void> {
    await guarded(async () => this.#knex.raw('SELECT 1').timeout(timeoutMs));
  }

  async close(): Promise<void> {
    await this.#knex.destroy();
  }

  /**
   * Statements go to the driver on a connection of knex's pool, past knex itself, which makes objects of its own for
   * each statement and a client for each transaction: processor time of a look-up by key 113 µs, so 74; of a
   * job's insertion 673, so 289.
   */
  async #connected<T>(work: (connection: DriverConnection) => Promise<T>): Promise<T> {
    const connection = await this.#knex.client.acquireConnection();
    try {
      return await work(this.#wrap(connection));
    } finally {
      await this.#knex.client.releaseConnection(connection);
    }
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error);
  }
}
