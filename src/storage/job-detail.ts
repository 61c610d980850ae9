import type { JobDetail, JobPayload } from '../core/job.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { JOB_DETAIL_COLUMNS, type JobDetailRow, toJobDetail } from './job-row.ts';

export async function findJobDetail(database: Database, id: string): Promise<JobDetail | undefined> {
  if (!isAsciiId(id)) return undefined;
  const [row] = await database.rows<JobDetailRow>(`SELECT ${JOB_DETAIL_COLUMNS} FROM jobs WHERE id = ?`, [
    id,
  ]);
  return row && toJobDetail(row);
}

export async function findJobPayload(database: Database, id: string): Promise<JobPayload | undefined> {
  if (!isAsciiId(id)) return undefined;
  const [row] = await database.rows<{ arguments: string; targets: string; result: string | null }>(
    'SELECT arguments, targets, result FROM jobs WHERE id = ?',
    [id],
  );
  return (
    row && {
      arguments: JSON.parse(row.arguments),
      targets: JSON.parse(row.targets),
      result: row.result === null ? null : JSON.parse(row.result),
    }
  );
}
