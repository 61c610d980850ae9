import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { MIGRATIONS } from '../../src/storage/migrations/index.ts';
import { openStore, type Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { NOW } from './sample-job.ts';

const run = promisify(execFile);
const MIGRATE_UP = fileURLToPath(new URL('./processes/migrate-up.js', import.meta.url));
const ALL = MIGRATIONS.map(({ name }) => name);

forEachEngine((engine) => {
  async function unmigrated(url: string, work: (store: Store) => Promise<void>): Promise<void> {
    const store = await openStore({ url });
    try {
      await work(store);
    } finally {
      await store.close();
    }
  }

  const tablesOf = async (url: string): Promise<string[]> => {
    const text =
      engine.name === 'sqlite'
        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()';
    return (await engine.query<{ name: string }>(url, text)).map(({ name }) => name);
  };

  test('status names what is applied and what is pending', async () => {
    await unmigrated(await engine.url(), async ({ migrations }) => {
      expect(await migrations.status()).toEqual({ applied: [], pending: ALL });
      expect(await migrations.up()).toEqual(ALL);
      expect(await migrations.status()).toEqual({ applied: ALL, pending: [] });
      expect(await migrations.up()).toEqual([]);
    });
  });

  test('down undoes one migration a time, the newest first, and up does it again', async () => {
    const url = await engine.url();
    await unmigrated(url, async ({ migrations, accounts }) => {
      await migrations.up();
      const undone: string[] = [];
      for (let one = await migrations.down(); one.length > 0; one = await migrations.down())
        undone.push(...one);
      expect(undone).toEqual(ALL.toReversed());
      expect((await tablesOf(url)).filter((name) => !name.startsWith('knex_'))).toEqual([]);
      await migrations.up();
      expect(await accounts.hasAdministrator()).toBe(false);
    });
  });

  test('twenty processes that start at once bring the database up once, and all succeed', async () => {
    const url = await engine.url();
    const outputs = await Promise.all(
      Array.from({ length: 20 }, () => run(process.execPath, [MIGRATE_UP, url])),
    );
    const applied = outputs.map(({ stdout }) => JSON.parse(stdout) as string[]);
    expect(applied.filter((names) => names.length > 0)).toEqual([ALL]);
    await unmigrated(url, async ({ migrations }) => {
      expect((await migrations.status()).pending).toEqual([]);
    });
  }, 60_000);

  describe('after a process died in the middle', () => {
    test('its lock holds nobody up', async () => {
      const url = await engine.url();
      await unmigrated(url, async ({ migrations }) => {
        await migrations.up();
        await engine.query(url, 'UPDATE knex_migrations_lock SET is_locked = 1');
        await engine.query(url, `DELETE FROM knex_migrations WHERE name = '${ALL.at(-1)}'`);
        expect(await migrations.up()).toEqual([ALL.at(-1)]);
      });
    });

    test('taking back a statement that had been taken back but not noted does no harm', async () => {
      const url = await engine.url();
      await unmigrated(url, async ({ migrations }) => {
        await migrations.up();
        const noted = await engine.query<{ name: string }>(url, 'SELECT name FROM knex_migrations');
        while ((await migrations.down())[0] !== '010-job-faces');
        await engine.query(url, 'DELETE FROM knex_migrations');
        for (const { name } of noted) {
          if (name > '010-job-faces') continue;
          await engine.query(url, `INSERT INTO knex_migrations (name, batch) VALUES ('${name}', 1)`);
        }
        expect(await migrations.down()).toEqual(['010-job-faces']);
      });
    });

    test('a statement that had been run but not noted is run again without harm', async () => {
      const url = await engine.url();
      await unmigrated(url, async ({ migrations, accounts }) => {
        await migrations.up();
        await accounts.insert({ username: 'alice', role: 'user', passwordHash: 'x', created: NOW });
        await engine.query(url, 'DELETE FROM knex_migrations');
        expect(await migrations.up()).toEqual(ALL);
        expect(await accounts.find('alice')).toBeDefined();
      });
    });
  });

  test('a database that a newer version has migrated is refused, by the name of what is unknown', async () => {
    const url = await engine.url();
    await unmigrated(url, async ({ migrations }) => {
      await migrations.up();
      await engine.query(
        url,
        `UPDATE knex_migrations SET name = '999-of-the-future' WHERE name = '${ALL.at(-1)}'`,
      );
      await expect(migrations.up()).rejects.toThrow(/newer version.*999-of-the-future/);
    });
  });
});

test('no two migrations share a name, and each has one statement on MySQL', () => {
  expect(new Set(ALL).size).toBe(ALL.length);
  expect(ALL).toEqual(ALL.toSorted());
  for (const { up, down } of MIGRATIONS) expect([up.mysql.length, down.mysql.length]).toEqual([1, 1]);
});
