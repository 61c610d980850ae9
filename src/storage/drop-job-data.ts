import type { Database } from './database.ts';
import type { Sql } from './sql.ts';

/** 8 MiB: well under a second, and no other writer waits longer. */
const CHUNKS_A_STATEMENT = 32;
const ITEMS_A_LOOK = 100;

/** Takes a job's items out of everybody's sight, as part of the job's removal; `purgeJobData` then frees their room. Returns how many. */
export async function hideJobData(sql: Sql, jobId: string): Promise<number> {
  const hide = 'UPDATE job_data SET number = NULL, created = 0 WHERE job_id = ? AND number IS NOT NULL';
  return (await sql.change(hide, [jobId])).count;
}

/** Removes what nobody can see since before `before`: uploads that broke off, and items of removed jobs. Returns how many. */
export async function purgeJobData(database: Database, before: number): Promise<number> {
  for (let purged = 0; ; ) {
    const rows = await database.rows<{ id: string }>(
      `SELECT id FROM job_data WHERE number IS NULL AND created < ? LIMIT ${ITEMS_A_LOOK}`,
      [before],
    );
    for (const { id } of rows) await dropJobData(database, id);
    purged += rows.length;
    if (rows.length < ITEMS_A_LOOK) return purged;
  }
}

/**
 * Removes an item that nobody sees, in short statements: first it is marked, so that it cannot get a number
 * any more (a commit of which we heard nothing may yet be under way); it goes last, so that a removal that breaks off is followed up.
 */
export async function dropJobData(database: Database, id: string): Promise<void> {
  const mark = 'UPDATE job_data SET created = 0 WHERE id = ? AND number IS NULL';
  if ((await database.change(mark, [id])).count === 0) return;
  const [row] = await database.rows<{ chunks: number | null }>(
    'SELECT MAX(position) + 1 AS chunks FROM job_data_chunks WHERE data_id = ?',
    [id],
  );
  for (let from = 0; from < (row?.chunks ?? 0); from += CHUNKS_A_STATEMENT) {
    await database.change(
      'DELETE FROM job_data_chunks WHERE data_id = ? AND position >= ? AND position < ?',
      [id, from, from + CHUNKS_A_STATEMENT],
    );
  }
  await database.change('DELETE FROM job_data WHERE id = ?', [id]);
}
