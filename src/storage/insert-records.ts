import type { Fence } from '../core/job-queue.ts';
import { FENCE_SQL, fenceBindings } from './fence.ts';
import type { Binding, Sql, SqlDialect } from './sql.ts';
import { HELD_STATES_SQL } from './state-guard.ts';

/** What must hold of a job for a record to be added to it: it is there, or a worker still holds it. */
export type RecordGuard = { readonly jobId: string } | Fence;

export interface RecordValues {
  readonly jobId: string;
  readonly targetId: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly username: string;
  readonly created: number;
}

/**
 * Adds records to one group, at the next positions of the group and of each job, which it looks up, in one
 * statement: one round trip, one commit. Returns the first one's position in the group, or
 * undefined when the group is gone or a guard fails: then nothing was added.
 *
 * Positions count without a gap in the order of commit. Who comes while another process's
 * records are not yet committed computes the same positions, waits for that commit on the
 * primary key, and gets a duplicate key: the caller runs it again. So no reader ever finds a
 * record before one that it has already seen, or a total that shrinks.
 *
 * Measured on MariaDB 10.11 under READ COMMITTED: the shared locks fall on the group's and
 * the jobs' rows (a removal waits for them, and they for it) and on no row of `records`,
 * whose sub-selects are index dives (Handler_read_next 0 at 1,000,000 rows).
 */
export async function insertRecords(
  sql: Sql,
  groupId: number,
  guards: readonly RecordGuard[],
  records: readonly RecordValues[],
): Promise<number | undefined> {
  const { dialect } = sql;
  const next = dialect.greatest(
    'g.floor',
    // Not MAX: it would walk the group where the optimizer takes g.id for unknown.
    'COALESCE((SELECT r.group_pos + 1 FROM records r WHERE r.group_id = g.id ORDER BY r.group_pos DESC LIMIT 1), 0)',
  );
  const held = guards.length > 0;
  const jobs = [...new Set(records.map(({ jobId }) => jobId))];
  const text = `INSERT INTO records
    (group_id, group_pos, job_id, job_pos, target, error_code, error_message, username, created)
    SELECT g.id, ${dialect.remember(next)} + v.k, j.job_id, j.next + v.k_of_job, v.target, v.error_code, v.error_message,
      v.username, v.created
    FROM job_groups g
    JOIN (${jobs.map(jobSql).join(' UNION ALL ')}) j
    ${held ? `JOIN (SELECT ${guards.map((guard) => guardCountSql(guard, dialect)).join(' + ')} AS n) held` : ''}
    JOIN (${records.map(recordSql).join(' UNION ALL ')}) v ON v.job = j.job
    WHERE g.id = ? ${held ? 'AND held.n = ?' : ''} ${dialect.lockShared}`;
  const added = jobs.map(() => 0);
  const bindings: Binding[] = [...jobs.flatMap((id, job) => [job, id, id]), ...guards.flatMap(guardBindings)];
  for (const [index, record] of records.entries()) {
    const { jobId, targetId, errorCode, errorMessage, username, created } = record;
    const job = jobs.indexOf(jobId);
    bindings.push(index, job, added[job] ?? 0, targetId, errorCode, errorMessage, username, created);
    added[job] = (added[job] ?? 0) + 1;
  }
  bindings.push(groupId, ...(held ? [guards.length] : []));
  return dialect.insertRemembering(sql, text, bindings, 'group_pos');
}

/** Whether the guard holds at this moment. */
export async function guardHolds(sql: Sql, guard: RecordGuard): Promise<boolean> {
  return (await sql.rows(`SELECT 1 FROM jobs WHERE ${guardSql(guard)}`, guardBindings(guard))).length > 0;
}

function guardSql(guard: RecordGuard): string {
  return 'attempt' in guard ? `(${FENCE_SQL} AND state IN (${HELD_STATES_SQL}))` : 'id = ?';
}

/**
 * Each guard by itself, so that each is a look-up by id. Of ten joined by OR in a table of twelve jobs MariaDB made a
 * walk over the table, which waits for whoever has any of its rows locked: the removal of a job that has no part in this.
 */
function guardCountSql(guard: RecordGuard, dialect: SqlDialect): string {
  return `(SELECT COUNT(*) FROM jobs WHERE ${guardSql(guard)} ${dialect.lockShared})`;
}

function guardBindings(guard: RecordGuard): Binding[] {
  return 'attempt' in guard ? fenceBindings(guard) : [guard.jobId];
}

/**
 * Where a job's records go on, looked up once for all that it gets: a sub-select in each row of 100 took MariaDB
 * four times as long as the whole statement does now (11.5 and 2.6 ms; a plain INSERT of 100 rows 2.1). Known by its number
 * among the statement's jobs, for two texts are compared by a collation.
 */
function jobSql(_jobId: string, index: number): string {
  const next = 'COALESCE((SELECT MAX(job_pos) + 1 FROM records WHERE job_id = ?), 0)';
  return index === 0 ? `SELECT ? AS job, ? AS job_id, ${next} AS next` : `SELECT ?, ?, ${next}`;
}

function recordSql(_record: RecordValues, index: number): string {
  return index === 0
    ? 'SELECT ? AS k, ? AS job, ? AS k_of_job, ? AS target, ? AS error_code, ? AS error_message, ? AS username, ? AS created'
    : 'SELECT ?, ?, ?, ?, ?, ?, ?, ?';
}
