import type { Job } from '../core/job.ts';
import { isFinal } from '../core/job-state.ts';
import type { JobFilter } from '../core/job-store.ts';
import type { Database } from './database.ts';
import { JOB_COLUMNS, type JobRow, toJob } from './job-row.ts';
import { placeholders } from './placeholders.ts';
import type { Binding, SqlDialect } from './sql.ts';

const BATCH = 500;

/** As far as the store reached when the reading began: a busy store would otherwise never come to an end. */
export async function* listJobs(database: Database, filter: JobFilter): AsyncGenerator<Job[]> {
  const { conditions, values, order } = narrowed(filter, database.dialect);
  const [end] = await database.rows<{ seq: number | null }>('SELECT MAX(seq) AS seq FROM jobs');
  let last = 0;
  for (;;) {
    const rows = await database.rows<JobRow>(
      `SELECT ${JOB_COLUMNS} FROM jobs WHERE seq > ? AND seq <= ?${conditions} ORDER BY ${order} LIMIT ${BATCH}`,
      [last, end?.seq ?? 0, ...values],
    );
    if (rows.length > 0) yield rows.map(toJob);
    if (rows.length < BATCH) return;
    last = rows.at(-1)?.seq ?? last;
  }
}

/**
 * Few jobs are open, so they are found by their states and sorted. Otherwise both engines
 * walk the owner's jobs in order of insertion, finished ones too: 186 ms with 100,000 of
 * them on MySQL, 27 ms on SQLite; this way 1 and 0.2.
 */
function narrowed(
  { owner, states }: JobFilter,
  dialect: SqlDialect,
): { conditions: string; values: Binding[]; order: string } {
  const onlyOpen = states !== undefined && !states.some(isFinal);
  const conditions: string[] = [];
  if (owner !== undefined) conditions.push(`${onlyOpen ? dialect.unindexed('owner') : 'owner'} = ?`);
  // An empty list would be no SQL; it asks for nothing.
  if (states) conditions.push(states.length === 0 ? '1 = 0' : `state IN (${placeholders(states)})`);
  return {
    conditions: conditions.map((condition) => ` AND ${condition}`).join(''),
    values: [...(owner === undefined ? [] : [owner]), ...(states ?? [])],
    order: onlyOpen ? 'seq + 0' : 'seq',
  };
}
