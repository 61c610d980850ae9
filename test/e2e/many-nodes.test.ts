import { describe, expect, test } from 'vitest';
import { MIGRATIONS } from '../../src/storage/migrations/index.ts';
import { forEachEngine } from '../support/engines.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { ClmClient } from './clm-client.ts';

const FIRST_PASSWORD = /^first start: the password of admin is (\S+) /m;

forEachEngine((engine) => {
  const nodes = jobgateNodes();
  // SQLite is for one node, at times a few.
  const count = engine.name === 'mysql' ? 8 : 3;

  describe(`${count} nodes that start at once on an empty database`, () => {
    test('all come up, on one schema and with one first administrator', async () => {
      const url = await engine.url();
      const starting = Array.from({ length: count }, () =>
        nodes.spawn(['serve', '--no-worker'], url, { JOBGATE_ADMIN_PASSWORD: '' }),
      );
      const started = await Promise.all(starting.map((node) => node.started('gateway')));

      const applied = await engine.query<{ name: string }>(
        url,
        'SELECT name FROM knex_migrations ORDER BY id',
      );
      expect(applied.map(({ name }) => name)).toEqual(MIGRATIONS.map(({ name }) => name));
      expect(await engine.query(url, 'SELECT username FROM accounts')).toEqual([{ username: 'admin' }]);
      const passwords = started.flatMap(({ stderr }) => FIRST_PASSWORD.exec(stderr)?.[1] ?? []);
      expect(passwords).toHaveLength(1);

      const [first, last] = [started[0], started.at(-1)].map((node) => new ClmClient(node?.origin ?? ''));
      await first?.login('admin', passwords[0]);
      // A session is the store's and not the node's.
      expect(await new ClmClient(last?.origin ?? '', first?.token).jobIds()).toEqual([]);
    });
  });
});
