import { JobgateError } from '../core/error.ts';
import type { Database } from './database.ts';
import { hideJobData, purgeJobData } from './drop-job-data.ts';
import { HOLE_BUCKET } from './hole-map.ts';
import type { Sql } from './sql.ts';
import { FINAL_STATES_SQL } from './state-guard.ts';

/** Records of the job in one stretch of a group's positions. */
interface Stretch {
  group_id: number;
  bucket_start: number;
  records: number;
  last: number;
}

const ROWS_A_STATEMENT = 500;
/** Well under a second: a longer statement blocks the process on SQLite, and looks like a dead server on MySQL. */
const DELETED_A_STATEMENT = 20_000;

/**
 * Removes a finished job, its log, its data and its records. The groups it had records in keep true
 * totals and offsets: the positions left empty are counted as holes.
 */
export async function removeJob(database: Database, id: string): Promise<boolean> {
  const items = await database.transaction((sql) => removeRows(sql, id));
  if (items === undefined) return false;
  if (items > 0) await freeRoom(database);
  return true;
}

/** By itself: a job may have gigabytes of data, and a transaction of that size holds up all others. */
async function freeRoom(database: Database): Promise<void> {
  try {
    await purgeJobData(database, 1);
  } catch (error) {
    // The job is gone, whatever becomes of this; housekeeping comes by.
    if (!(error instanceof JobgateError && error.code === 'STORE_UNAVAILABLE')) throw error;
  }
}

/** Returns how many items of data it had; undefined when it is unknown or not finished. */
async function removeRows(sql: Sql, id: string): Promise<number | undefined> {
  // First, and so locked until the end: whoever adds a record to a known job waits here and finds it gone.
  const job = await sql.change(`DELETE FROM jobs WHERE id = ? AND state IN (${FINAL_STATES_SQL})`, [id]);
  if (job.count === 0) return undefined;
  await sql.change('DELETE FROM job_log WHERE job_id = ?', [id]);
  const items = await hideJobData(sql, id);
  await sql.change('DELETE FROM runs WHERE job_id = ?', [id]);
  // Read from the index on (job_id, job_pos), which holds the primary key too.
  const stretches = await sql.rows<Stretch>(
    `SELECT group_id, group_pos - group_pos % ${HOLE_BUCKET} AS bucket_start, COUNT(*) AS records, MAX(group_pos) AS last
       FROM records WHERE job_id = ? GROUP BY group_id, group_pos - group_pos % ${HOLE_BUCKET}`,
    [id],
  );
  if (stretches.length === 0) return items;
  const records = stretches.reduce((sum, stretch) => sum + stretch.records, 0);
  for (let from = 0; from < records; from += DELETED_A_STATEMENT) {
    const some = 'DELETE FROM records WHERE job_id = ? AND job_pos >= ? AND job_pos < ?';
    await sql.change(some, [id, from, from + DELETED_A_STATEMENT]);
  }
  // In order of the ids, so that two removals never wait for each other.
  const groups = [...new Set(stretches.map(({ group_id }) => group_id))].sort((a, b) => a - b);
  for (const group of groups) {
    await leaveHoles(
      sql,
      group,
      stretches.filter(({ group_id }) => group_id === group),
    );
  }
  return items;
}

async function leaveHoles(sql: Sql, group: number, stretches: readonly Stretch[]): Promise<void> {
  const holes = stretches.reduce((sum, { records }) => sum + records, 0);
  const floor = Math.max(...stretches.map(({ last }) => last)) + 1;
  // Locks the group's row: nobody adds to the group until this transaction ends. Only now, since deleting may take long.
  await sql.change(
    `UPDATE job_groups SET floor = ${sql.dialect.greatest('floor', '?')}, holes = holes + ?, holes_version = holes_version + 1
     WHERE id = ?`,
    [floor, holes, group],
  );
  const left = await sql.rows('SELECT 1 FROM records WHERE group_id = ? LIMIT 1', [group]);
  if (left.length === 0) {
    await sql.change('DELETE FROM record_holes WHERE group_id = ?', [group]);
    await sql.change('DELETE FROM job_groups WHERE id = ?', [group]);
    return;
  }
  const [row] = await sql.rows<{ holes_version: number }>(
    'SELECT holes_version FROM job_groups WHERE id = ?',
    [group],
  );
  const version = row?.holes_version ?? 0;
  const { dialect } = sql;
  const adds = dialect.insertOrUpdate(
    'group_id, bucket_start',
    `holes = record_holes.holes + ${dialect.inserted('holes')}, version = ${dialect.inserted('version')}`,
  );
  for (let from = 0; from < stretches.length; from += ROWS_A_STATEMENT) {
    const some = stretches.slice(from, from + ROWS_A_STATEMENT);
    await sql.change(
      `INSERT INTO record_holes (group_id, bucket_start, holes, version)
       VALUES ${some.map(() => '(?, ?, ?, ?)').join(', ')} ${adds}`,
      some.flatMap(({ bucket_start, records }) => [group, bucket_start, records, version]),
    );
  }
}
