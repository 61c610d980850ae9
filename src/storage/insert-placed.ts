import { isNullRefused } from './database-error.ts';
import { FENCE_SQL, fenceBindings } from './fence.ts';
import type { RecordGuard, RecordValues } from './insert-records.ts';
import { placeholders } from './placeholders.ts';
import type { Places } from './read-places.ts';
import type { Binding, Sql, SqlDialect } from './sql.ts';
import { HELD_STATES_SQL } from './state-guard.ts';

interface Condition {
  readonly text: string;
  readonly bindings: readonly Binding[];
}

const ROW = '(?, ?, ?, ?, ?, ?, ?, ?, ?)';

/**
 * Adds records to one group, like insertRecords, at places that are known. False when a guard fails, or records of the group
 * were deleted since: then nothing was added.
 *
 * Places that are out of date cannot leave a gap: where others have added, the positions are taken, which is a duplicate key
 * once they have committed; and a position comes free only with a new version of the group, whose row is locked here.
 *
 * The conditions are the first row's group, null unless they hold, which strict mode refuses (every connection has it set). So it is a plain INSERT … VALUES: 32 records of as many jobs
 * take MariaDB 1.4 ms where insertRecords takes 3.8 and rows without conditions 0.95. Its shared locks fall on the jobs' rows,
 * then on the group's, as a removal's do, and on no other.
 */
export async function insertPlaced(
  sql: Sql,
  places: Places,
  guards: readonly RecordGuard[],
  records: readonly RecordValues[],
): Promise<boolean> {
  const conditions = [
    { text: 'id = ? AND holes_version = ?', bindings: [places.groupId, places.version] },
    ...guardConditions(places, guards, sql.dialect),
  ];
  const group = `(SELECT id FROM job_groups WHERE ${conditions.map(({ text }) => text).join(' AND ')} ${sql.dialect.lockShared})`;
  const bindings: Binding[] = conditions.flatMap((condition) => condition.bindings);
  const next = new Map<string, number>();
  for (const [index, record] of records.entries()) {
    const { jobId, targetId, errorCode, errorMessage, username, created } = record;
    const position = next.get(jobId) ?? places.jobs.get(jobId)?.next ?? 0;
    next.set(jobId, position + 1);
    if (index > 0) bindings.push(places.groupId);
    bindings.push(places.next + index, jobId, position, targetId, errorCode, errorMessage, username, created);
  }
  const rows = records.map((_, index) => (index === 0 ? ROW.replace('?', group) : ROW));
  try {
    await sql.change(
      `INSERT INTO records (group_id, group_pos, job_id, job_pos, target, error_code, error_message, username, created)
       VALUES ${rows.join(', ')}`,
      bindings,
      // Parsed anew, one record takes 1.30 of a bare prepared INSERT, so 1.14.
      rows.length === 1 ? 'prepared' : 'seldom',
    );
    return true;
  } catch (error) {
    if (isNullRefused(error, 'group_id')) return false;
    throw error;
  }
}

function guardConditions({ jobs }: Places, guards: readonly RecordGuard[], dialect: SqlDialect): Condition[] {
  const conditions: Condition[] = [];
  const known: string[] = [];
  for (const guard of guards) {
    if ('attempt' in guard) {
      const held = `${FENCE_SQL} AND state IN (${HELD_STATES_SQL})`;
      const text = `(SELECT COUNT(*) FROM jobs WHERE ${held} ${dialect.lockShared}) = 1`;
      conditions.push({ text, bindings: fenceBindings(guard) });
    } else {
      known.push(guard.jobId);
    }
  }
  if (known.length > 0) conditions.push(areThere('COUNT(created)', known.length, known, dialect));
  const read = guards.flatMap(({ jobId }) => (jobs.get(jobId)?.seq !== undefined ? [jobId] : []));
  const seqs = read.reduce((sum, id) => sum + (jobs.get(id)?.seq ?? 0), 0);
  // A job that was removed since, and submitted again, has a greater seq.
  if (read.length > 0) conditions.push(areThere('SUM(seq + 0 * created)', seqs, read, dialect));
  return conditions;
}

/**
 * Only look-ups by id, whatever the table's size: where MariaDB walks an index, as it does for most of a table's jobs, it waits
 * for whoever has any of its rows locked. `created` is in no index, or FORCE INDEX would let it walk that one.
 */
function areThere(sum: string, expected: number, jobIds: readonly string[], dialect: SqlDialect): Condition {
  return {
    text: `(SELECT ${sum} FROM jobs ${dialect.forceIndex('jobs_id')} WHERE id IN (${placeholders(jobIds)}) ${dialect.lockShared}) = ?`,
    bindings: [...jobIds, expected],
  };
}
