import type { KnownRun, NewRun } from '../core/run.ts';
import type { Database } from './database.ts';
import { isDuplicate } from './database-error.ts';
import { insertJob } from './insert-job.ts';
import { textKey } from './text-key.ts';
import { insertWebhook } from './webhook-outbox.ts';

/** See JobStore.insertRun. */
export async function insertRun(database: Database, run: NewRun): Promise<KnownRun | undefined> {
  // Nearly always a key is new or was used long ago: only two at once meet in the insert.
  const known = await findRun(database, run);
  if (known) return known;
  try {
    await store(database, run);
    return undefined;
  } catch (error) {
    const first = isDuplicate(error) ? await findRun(database, run) : undefined;
    if (first) return first;
    throw error;
  }
}

async function store(database: Database, { owner, key, fingerprint, jobs, webhook }: NewRun): Promise<void> {
  const [first] = jobs;
  if (!first) throw new TypeError('a run needs a job');
  // A job whose end nobody waits for is one like any other.
  const alone = jobs.length === 1 && webhook === null;
  await database.transaction(async (sql) => {
    await sql.change('INSERT INTO runs (owner, run_key, fingerprint, job_id) VALUES (?, ?, ?, ?)', [
      owner,
      textKey(key),
      fingerprint,
      first.id,
    ]);
    for (const [index, job] of jobs.entries()) {
      const place = { position: index + 1, next: jobs[index + 1]?.id ?? null };
      await insertJob(sql, job, alone ? undefined : place);
    }
    if (webhook) await insertWebhook(sql, webhook, first);
  });
}

async function findRun(database: Database, { owner, key }: NewRun): Promise<KnownRun | undefined> {
  const [row] = await database.rows<{ fingerprint: string; job_id: string }>(
    'SELECT fingerprint, job_id FROM runs WHERE owner = ? AND run_key = ?',
    [owner, textKey(key)],
  );
  return row && { fingerprint: row.fingerprint, jobId: row.job_id };
}
