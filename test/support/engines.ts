import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import { afterAll, describe, inject } from 'vitest';
import { openStore, type Store } from '../../src/storage/open-store.ts';
import './mysql-server.ts';

/** One kind of database, for a suite that runs on each. Whatever it hands out is disposed of after the suite. */
export interface TestEngine {
  readonly name: 'sqlite' | 'mysql';
  /** The URL of a new, empty database. */
  url(): Promise<string>;
  /** A store on the database at `url` (else on a new one) with its schema brought up. Several may share a database. */
  openStore(url?: string): Promise<Store>;
  /** Deletes every row of a database with the schema: for suites whose tests each want an empty store. Takes a tenth of a new one. */
  empty(url: string): Promise<void>;
  /** Runs a statement past the store, to see or to break what is stored. */
  query<Row>(url: string, text: string): Promise<Row[]>;
}

const TABLES = [
  'accounts',
  'sessions',
  'login_failures',
  'jobs',
  'job_log',
  'job_groups',
  'records',
  'record_holes',
  'foreign_jobs',
  'runs',
  'webhooks',
  'schedules',
  'executions',
  'job_data',
  'job_data_chunks',
  'callbacks',
];

/** Runs the suite on SQLite and on MySQL. */
export function forEachEngine(suite: (engine: TestEngine) => void): void {
  onSqlite(suite);
  onMysql(suite);
}

export function onSqlite(suite: (engine: TestEngine) => void): void {
  describe('on SQLite', () => suite(disposing(sqliteDatabases)));
}

/** Where there is no MySQL server its tests count as skipped. */
export function onMysql(suite: (engine: TestEngine) => void): void {
  const server = inject('mysqlUrl');
  describe.skipIf(server === null)('on MySQL', () => suite(disposing(() => mysqlDatabases(server ?? ''))));
}

interface Databases {
  readonly name: TestEngine['name'];
  create(): Promise<string>;
  /** Runs the statements one after the other; returns the last one's rows. */
  query<Row>(url: string, ...statements: string[]): Promise<Row[]>;
  dispose(): Promise<void>;
}

function disposing(make: () => Databases): TestEngine {
  const databases = make();
  const stores: Store[] = [];
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await databases.dispose();
  });
  return {
    name: databases.name,
    url: () => databases.create(),
    async openStore(url) {
      const store = await openStore({ url: url ?? (await databases.create()) });
      stores.push(store);
      await store.migrations.up();
      return store;
    },
    async empty(url) {
      await databases.query(url, ...TABLES.map((table) => `DELETE FROM ${table}`));
    },
    query: (url, text) => databases.query(url, text),
  };
}

function sqliteDatabases(): Databases {
  let folder: Promise<string> | undefined;
  let count = 0;
  return {
    name: 'sqlite',
    async create() {
      folder ??= mkdtemp(join(tmpdir(), 'jobgate-test-'));
      return `sqlite:${join(await folder, `${++count}.db`)}`;
    },
    async query<Row>(url: string, ...statements: string[]) {
      const connection = new Sqlite(url.slice('sqlite:'.length));
      try {
        let rows: Row[] = [];
        for (const text of statements) {
          const statement = connection.prepare(text);
          if (statement.reader) rows = statement.all() as Row[];
          else statement.run();
        }
        return rows;
      } finally {
        connection.close();
      }
    },
    async dispose() {
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
}

function mysqlDatabases(server: string): Databases {
  const created: string[] = [];
  const query = async <Row>(url: string, ...statements: string[]): Promise<Row[]> => {
    const connection = await createConnection(url);
    try {
      let rows: Row[] = [];
      for (const text of statements) {
        const [answer] = await connection.query(text);
        if (Array.isArray(answer)) rows = answer as Row[];
      }
      return rows;
    } finally {
      await connection.end();
    }
  };
  return {
    name: 'mysql',
    async create() {
      const name = `jobgate_test_${randomBytes(6).toString('hex')}`;
      await query(server, `CREATE DATABASE ${name}`);
      created.push(name);
      const url = new URL(server);
      url.pathname = `/${name}`;
      return url.href;
    },
    query,
    async dispose() {
      for (const name of created) await query(server, `DROP DATABASE IF EXISTS ${name}`);
    },
  };
}
