import type { JobFilter, JobOrder, JobPage, JobRange } from '../core/job-store.ts';
import type { Database } from './database.ts';
import { JOB_DETAIL_COLUMNS, type JobDetailRow, toJobDetail } from './job-row.ts';
import { placeholders } from './placeholders.ts';
import type { Binding } from './sql.ts';

/** Ties are in the order of the index on a group's jobs, which so serves the page without sorting the group. */
const ORDER = {
  oldest: 'seq',
  newest: 'seq DESC',
  lastUpdated: 'updated DESC, owner DESC, seq DESC',
} as const satisfies Record<JobOrder, string>;

/** A page of jobs and how many there are in all. The keys are found in an index first; only the page's rows are read. */
export async function pageOfJobs(
  database: Database,
  filter: JobFilter,
  order: JobOrder,
  { skip, take }: JobRange,
): Promise<JobPage> {
  const { condition, values } = conditionOf(filter);
  const [count] = await database.rows<{ total: number }>(
    `SELECT COUNT(*) AS total FROM jobs WHERE ${condition}`,
    values,
  );
  const total = count?.total ?? 0;
  if (take === 0 || skip >= total) return { total, jobs: [] };
  // With a group, its index is the way in: MySQL would otherwise walk all jobs in the order of seq.
  const by = filter.group === undefined || order === 'lastUpdated' ? ORDER[order] : `0 + ${ORDER[order]}`;
  const rows = await database.rows<JobDetailRow>(
    `SELECT ${JOB_DETAIL_COLUMNS} FROM jobs
     JOIN (SELECT seq AS page_seq FROM jobs WHERE ${condition} ORDER BY ${by} LIMIT ? OFFSET ?) AS page ON seq = page_seq
     ORDER BY ${ORDER[order]}`,
    [...values, take, skip],
  );
  return { total, jobs: rows.map(toJobDetail) };
}

function conditionOf({ owner, group, states }: JobFilter): { condition: string; values: Binding[] } {
  const conditions: string[] = [];
  const values: Binding[] = [];
  if (group !== undefined) {
    // MySQL's collations pad: 'a' = 'a ', but their lengths differ.
    conditions.push('group_name = ?', 'LENGTH(group_name) = LENGTH(?)');
    values.push(group, group);
  }
  if (owner !== undefined) {
    conditions.push('owner = ?');
    values.push(owner);
  }
  if (states) {
    conditions.push(states.length === 0 ? '1 = 0' : `state IN (${placeholders(states)})`);
    values.push(...states);
  }
  return { condition: conditions.length === 0 ? '1 = 1' : conditions.join(' AND '), values };
}
