import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { openStore } from '../../src/storage/open-store.ts';
import { drawerNames, readDrawer } from '../conformance/drawer.ts';
import { addAccount } from '../conformance/prepare-store.ts';
import { JobgateNode } from '../support/jobgate-node.ts';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));

export interface FuzzGateway {
  readonly node: JobgateNode;
  /** Stops it and throws its store away. */
  close(): Promise<void>;
}

/**
 * A gateway with a worker, in a process and on a store of its own: the accounts of all drawers, and their
 * programs by name, which all return what they are given. A mangled request may ask for two billion rows.
 */
export async function startFuzzGateway(): Promise<FuzzGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'jobgate-fuzz-'));
  const url = `sqlite:${join(folder, 'fuzz.db')}`;
  await prepareStore(url);
  const catalogue = join(folder, 'catalogue.json');
  await writeFile(catalogue, JSON.stringify(await harmlessCatalogue()));
  const node = await new JobgateNode(['serve'], {
    JOBGATE_PORT: '0',
    JOBGATE_DATABASE_URL: url,
    JOBGATE_CATALOGUE: catalogue,
    JOBGATE_WORKER_CONCURRENCY: '1',
    JOBGATE_MAX_BODY_BYTES: '65536',
    JOBGATE_LOG_LEVEL: 'error',
    JOBGATE_CORS_ORIGINS: 'https://bi.example.com',
  }).started('gateway');
  return {
    node,
    async close() {
      await node.kill9();
      await rm(folder, { recursive: true });
    },
  };
}

async function prepareStore(url: string): Promise<void> {
  const setups = drawerNames()
    .flatMap(readDrawer)
    .map(({ setup }) => setup);
  const accounts = new Map(
    setups.flatMap((setup) => setup.accounts).map((account) => [account.username, account]),
  );
  const tokens = new Set<string | undefined>();
  const store = await openStore({ url });
  try {
    await store.migrations.up();
    for (const account of accounts.values()) {
      if (account.token !== undefined && tokens.has(account.token)) continue;
      tokens.add(account.token);
      await addAccount(store, account);
    }
  } finally {
    await store.close();
  }
  // What drawers put into their stores, and not what they break there.
  const database = new Sqlite(url.slice('sqlite:'.length));
  for (const statement of setups.flatMap(({ statements }) => statements ?? [])) {
    if (statement.startsWith('INSERT')) database.exec(statement);
  }
  database.close();
}

async function harmlessCatalogue(): Promise<object> {
  const sample = JSON.parse(await readFile(join(FIXTURES, 'catalogue.json'), 'utf8'));
  const protrak = JSON.parse(await readFile(join(FIXTURES, 'protrak/catalogue.json'), 'utf8'));
  const programs = Object.entries<object>({ ...sample.programs, ...protrak.programs }).map(
    ([name, program]) => [name, { ...program, module: join(FIXTURES, 'programs/echo.js') }],
  );
  return { ...sample, $schema: undefined, programs: Object.fromEntries(programs) };
}
