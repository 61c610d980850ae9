import knex, { type Knex } from 'knex';
import { isBroken, isTransient, toStoreError } from './database-error.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { mysqlConfig } from './mysql-connection.ts';
import { MYSQL } from './mysql-dialect.ts';
import { retryOn } from './retry.ts';
import type { Binding, Change, Sql, SqlDialect } from './sql.ts';
import { sqliteConfig } from './sqlite-connection.ts';
import { SQLITE } from './sqlite-dialect.ts';
import type { StoreLog } from './store-log.ts';

/** The one place where knex runs statements. Errors that leave it are those of database-error.ts. */
export class Database implements Sql {
  readonly dialect: SqlDialect;
  readonly #knex: Knex;

  constructor(url: string, log: StoreLog | undefined) {
    const location = parseDatabaseUrl(url);
    this.dialect = location.engine === 'mysql' ? MYSQL : SQLITE;
    const warn = (message: unknown) => log?.warn({}, `database: ${String(message)}`);
    // Connections that could not be had, each with its stack: whoever asked for one says why, once an outage.
    const debug = (message: unknown) => log?.debug({}, `database: ${String(message)}`);
    this.#knex = knex({
      ...(location.engine === 'mysql' ? mysqlConfig(location) : sqliteConfig(location.filename)),
      // Else the values of a failed statement would become part of its error's message.
      compileSqlOnError: false,
      log: { warn: debug, error: debug, deprecate: warn, debug: () => {} },
    });
  }

  /** Once more where the connection broke: a server or proxy may close an idle one just as it is taken. */
  rows<Row>(text: string, bindings: readonly Binding[] = []): Promise<Row[]> {
    const read = () => retryOn(isTransient, () => rows<Row>(this.#knex, text, bindings));
    return guarded(() =>
      read().catch((error: unknown) => {
        if (isBroken(error)) return read();
        throw error;
      }),
    );
  }

  change(text: string, bindings: readonly Binding[] = []): Promise<Change> {
    return guarded(() => retryOn(isTransient, () => change(this.#knex, text, bindings)));
  }

  /** All or nothing; run again as a whole after a deadlock, so `work` must have no other effects. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const { dialect } = this;
    return guarded(() =>
      retryOn(isTransient, () =>
        this.#knex.transaction((trx) =>
          work({
            dialect,
            rows: (text, bindings = []) => rows(trx, text, bindings),
            change: (text, bindings = []) => change(trx, text, bindings),
          }),
        ),
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
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error);
  }
}

async function rows<Row>(runner: Knex, text: string, bindings: readonly Binding[]): Promise<Row[]> {
  const answer = await runner.raw(text, checked(bindings));
  // mysql2 answers [rows, columns], better-sqlite3 the rows.
  return runner.client.driverName === 'mysql2' ? answer[0] : answer;
}

async function change(runner: Knex, text: string, bindings: readonly Binding[]): Promise<Change> {
  const answer = await runner.raw(text, checked(bindings));
  if (runner.client.driverName !== 'mysql2') return { count: answer.changes, lastId: 0 };
  return { count: answer[0].affectedRows, lastId: Number(answer[0].insertId) };
}

function checked(bindings: readonly Binding[]): Binding[] {
  for (const value of bindings) {
    if (value === null || typeof value === 'string' || Number.isSafeInteger(value) || Buffer.isBuffer(value))
      continue;
    throw new TypeError(`a ${typeof value} that is no safe integer cannot be stored`);
  }
  return bindings as Binding[];
}
