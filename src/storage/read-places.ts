import type { Sql } from './sql.ts';

/** Where a job's records go on. */
export interface JobPlace {
  /** The job's row, if it was just read: a job of the same id may come in between. */
  readonly seq?: number;
  readonly next: number;
}

/** Where records go on in a group and in some jobs, as it once was. */
export interface Places {
  readonly groupId: number;
  /** The group's holes_version: while it is the same, no record of the group has been deleted. */
  readonly version: number;
  readonly next: number;
  readonly jobs: ReadonlyMap<string, JobPlace>;
}

interface PlaceRow {
  /** Of the job among those asked for; -1 = the group. Texts would be compared by a collation. */
  readonly number: number;
  readonly mark: number | null;
  readonly next: number;
}

/** Reads the places in a group and in these jobs; undefined when the group is gone. Each an index dive: Handler_read_next 0. */
export async function readPlaces(
  sql: Sql,
  groupId: number,
  jobIds: readonly string[],
): Promise<Places | undefined> {
  const next = sql.dialect.greatest(
    'floor',
    'COALESCE((SELECT MAX(group_pos) + 1 FROM records WHERE group_id = ?), 0)',
  );
  const group = `SELECT -1 AS number, holes_version AS mark, ${next} AS next FROM job_groups WHERE id = ?`;
  const job =
    'SELECT ?, (SELECT seq FROM jobs WHERE id = ?), COALESCE((SELECT MAX(job_pos) + 1 FROM records WHERE job_id = ?), 0)';
  const rows = await sql.rows<PlaceRow>([group, ...jobIds.map(() => job)].join(' UNION ALL '), [
    groupId,
    groupId,
    ...jobIds.flatMap((id, index) => [index, id, id]),
  ]);
  const head = rows.find(({ number }) => number === -1);
  if (!head) return undefined;
  const jobs = rows.filter(({ number }) => number !== -1);
  return {
    groupId,
    version: head.mark ?? 0,
    next: head.next,
    jobs: new Map(jobs.map((row) => [jobIds[row.number] ?? '', { seq: row.mark ?? 0, next: row.next }])),
  };
}
