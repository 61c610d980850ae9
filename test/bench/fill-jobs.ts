import { textKey } from '../../src/storage/text-key.ts';
import type { BenchDatabase } from './bench-database.ts';

/** Jobs whose records lie among each other's, as ten workers that run at once leave them. */
const TOGETHER = 10;

/**
 * Puts a new group of `jobs` finished jobs (a multiple of ten) with `records` records each into the store, past its own
 * statements. The jobs are called `GROUP-0` and so on.
 */
export async function fillJobs(
  database: BenchDatabase,
  group: string,
  { jobs, records }: { jobs: number; records: number },
): Promise<void> {
  const count = jobs * records;
  const stretch = TOGETHER * records;
  await database.query(
    `INSERT INTO jobs (id, group_name, program, owner, state, targets, percentages, arguments, created, updated, completed)
     SELECT CONCAT('${group}-', seq), '${group}', 'walk', 'admin', 'completed', '[]', '[]', '[]',
       1700000000000 + seq, 1700000000000 + seq, 1700000000000 + seq
     FROM seq_0_to_${jobs - 1} ORDER BY seq`,
  );
  await database.query(`INSERT INTO job_groups (name_key, name) VALUES ('${textKey(group)}', '${group}')`);
  await database.query(
    `INSERT INTO records (group_id, group_pos, job_id, job_pos, target, error_code, error_message, username, created)
     SELECT (SELECT id FROM job_groups WHERE name = '${group}'), seq,
       CONCAT('${group}-', (seq DIV ${stretch}) * ${TOGETHER} + seq MOD ${TOGETHER}),
       (seq MOD ${stretch}) DIV ${TOGETHER}, CONCAT('device-', seq), seq MOD 3,
       IF(seq MOD 3 = 0, NULL, CONCAT('no answer from 10.0.', seq MOD 250, '.1')), 'admin', 1700000000000 + seq * 37
     FROM seq_0_to_${count - 1} ORDER BY seq`,
  );
  await database.query('ANALYZE TABLE jobs, records');
}
