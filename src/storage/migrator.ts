import type { Knex } from 'knex';
import type { Database } from './database.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';
import { limitSilence, type MysqlConnection } from './mysql-connection.ts';

/** Names of migrations, oldest first. */
export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

const LOCK_WAIT_S = 20;
const LOCK_ATTEMPTS = 6;

/** Brings the schema up and down. Any number of processes may do so at once: one works, the others wait and find it done. */
export class Migrator {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Applies what is pending; returns its names. */
  up(): Promise<string[]> {
    return this.#locked(async (knex, config) => {
      await refuseNewer(knex, config);
      return (await knex.migrate.latest(config))[1] as string[];
    });
  }

  /** Undoes the newest migration, with all that its tables hold; returns its name, if there was one. */
  down(): Promise<string[]> {
    return this.#locked(async (knex, config) => {
      await refuseNewer(knex, config);
      return (await knex.migrate.down(config))[1] as string[];
    });
  }

  status(): Promise<MigrationStatus> {
    return this.#locked(readStatus);
  }

  /**
   * knex's own lock is a row: it makes others fail rather than wait, and outlives a process
   * that was killed. These locks end with their connection; under them knex's row can only
   * be a dead process's, and is freed.
   */
  #locked<T>(work: (knex: Knex, config: Knex.MigratorConfig) => Promise<T>): Promise<T> {
    const { engine } = this.#database.dialect;
    const config = {
      migrationSource: sourceFor(engine),
      disableTransactions: true,
      // refuseNewer says it better.
      disableMigrationsListValidation: true,
    };
    const freed = async (knex: Knex) => {
      await knex.migrate.forceFreeMigrationsLock(config);
      return work(knex, config);
    };
    return this.#database.withKnex((knex) =>
      // SQLite's DDL is transactional, and this transaction is the lock. On MySQL, where each DDL statement commits, it only
      // keeps the lock's connection.
      knex.transaction(async (trx) => {
        if (engine === 'sqlite') return freed(trx);
        await takeMysqlLock(trx);
        const connection: MysqlConnection = await trx.client.acquireConnection();
        try {
          // A large table gets its new index in one statement, which says nothing until it is done.
          limitSilence(connection, false);
          return await freed(trx);
        } finally {
          limitSilence(connection, true);
          await trx.raw('DO RELEASE_LOCK(?)', [mysqlLockName(trx)]);
        }
      }),
    );
  }
}

async function readStatus(knex: Knex, config: Knex.MigratorConfig): Promise<MigrationStatus> {
  const [applied, pending] = (await knex.migrate.list(config)) as [{ name: string }[], Migration[]];
  return { applied: applied.map(({ name }) => name), pending: pending.map(({ name }) => name) };
}

/** An older program must not write to a schema that it does not know. */
async function refuseNewer(knex: Knex, config: Knex.MigratorConfig): Promise<void> {
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  const unknown = (await readStatus(knex, config)).applied.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(
      `the database was migrated by a newer version of jobgate, which has ${unknown.join(', ')}`,
    );
  }
}

/**
 * Locks are the server's, not the database's: the name, of at most 64 characters, says which database is meant.
 * Not by MD5, which MySQL 9.6 has only as a component to install.
 */
function mysqlLockName(trx: Knex): Knex.Raw {
  return trx.raw("CONCAT('jobgate.', LEFT(SHA2(DATABASE(), 256), 32))");
}

async function takeMysqlLock(trx: Knex): Promise<void> {
  // Several short waits: a long one would pass for a server that fell silent.
  for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
    const [rows] = await trx.raw('SELECT GET_LOCK(?, ?) AS taken', [mysqlLockName(trx), LOCK_WAIT_S]);
    if (rows[0].taken === 1) return;
  }
  throw new Error(`another process has been migrating the database for ${LOCK_WAIT_S * LOCK_ATTEMPTS} s`);
}

/** A column was added, or taken away, by a process that died before it could note that: MySQL has no IF NOT EXISTS for it. */
function isDone(error: unknown): boolean {
  const { errno, message } = error as { errno?: number; message: string };
  return errno === 1060 || errno === 1091 || / - (duplicate column name|no such column): /.test(message);
}

function sourceFor(engine: 'mysql' | 'sqlite'): Knex.MigrationSource<Migration> {
  const run = async (knex: Knex, statements: readonly string[]) => {
    for (const statement of statements) {
      await knex.raw(statement).catch((error: unknown) => {
        if (!isDone(error)) throw error;
      });
    }
  };
  return {
    getMigrations: async () => [...MIGRATIONS],
    getMigrationName: ({ name }) => name,
    getMigration: async ({ up, down }) => ({
      up: (knex: Knex) => run(knex, up[engine]),
      down: (knex: Knex) => run(knex, down[engine]),
    }),
  };
}
