import type { Database } from './database.ts';

/** See RecordStore.claimForeignJob. */
export async function claimForeignJob(database: Database, jobId: string, username: string): Promise<string> {
  const ownerOf = 'SELECT owner FROM foreign_jobs WHERE job_id = ?';
  const [known] = await database.rows<{ owner: string }>(ownerOf, [jobId]);
  if (known) return known.owner;
  const { dialect } = database;
  await database.change(
    `INSERT INTO foreign_jobs (job_id, owner, created) VALUES (?, ?, ${dialect.now}) ${dialect.insertOrKeep('job_id')}`,
    [jobId, username],
  );
  // Waits for a submission of the same id that is under way (see job-store.ts); if it wins, the job is no foreign one.
  const [job] = await database.rows<{ owner: string }>(
    `SELECT owner FROM jobs WHERE id = ? ${dialect.lockShared}`,
    [jobId],
  );
  if (job) {
    await database.change('DELETE FROM foreign_jobs WHERE job_id = ? AND owner = ?', [jobId, username]);
    return job.owner;
  }
  const [first] = await database.rows<{ owner: string }>(ownerOf, [jobId]);
  return first?.owner ?? username;
}
