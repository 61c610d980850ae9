import SqliteDatabase from 'better-sqlite3';
import { openStore } from '../../src/storage/open-store.ts';
import { textKey } from '../../src/storage/text-key.ts';
import { cheapAccount } from '../support/cheap-account.ts';
import { ADMIN_PASSWORD } from '../support/jobgate-node.ts';

/** Makes a store of an SQLite file, with an administrator and the group that BenchDatabase.fillGroup makes. */
export async function fillSqlite(file: string, group: string, count: number): Promise<void> {
  const store = await openStore({ url: `sqlite:${file}` });
  await store.migrations.up();
  await store.accounts.insert(cheapAccount('admin', ADMIN_PASSWORD, 'admin'));
  await store.close();
  const database = new SqliteDatabase(file);
  database.prepare('INSERT INTO job_groups (name_key, name) VALUES (?, ?)').run(textKey(group), group);
  database
    .prepare(
      `WITH RECURSIVE numbers(seq) AS (SELECT 0 UNION ALL SELECT seq + 1 FROM numbers LIMIT ${count})
       INSERT INTO records (group_id, group_pos, job_id, job_pos, target, error_code, error_message, username, created)
       SELECT (SELECT id FROM job_groups), seq, '${group}-' || (seq / 1000), seq % 1000, 'device-' || seq, seq % 3,
         IIF(seq % 3 = 0, NULL, 'no answer from 10.0.' || (seq % 250) || '.1'), 'admin', 1700000000000 + seq * 37
       FROM numbers`,
    )
    .run();
  database.close();
}
