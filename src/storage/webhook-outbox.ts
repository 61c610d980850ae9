import type { NewJob } from '../core/job.ts';
import type { NewWebhook } from '../core/webhook.ts';
import type { Sql } from './sql.ts';

/*
 * What the transactions that submit and end jobs write about webhooks: a message becomes due with the
 * final state itself, or not at all.
 */

/** Stores a webhook that waits for the end of `job`. */
export async function insertWebhook(sql: Sql, webhook: NewWebhook, job: NewJob): Promise<void> {
  await sql.change(
    `INSERT INTO webhooks (id, job_id, owner, url, format, state, created) VALUES (?, ?, ?, ?, ?, 'waiting', ?)`,
    [webhook.id, job.id, job.owner, webhook.url, webhook.format, job.created],
  );
}

/** The job has a follower, whose end is now waited for. */
export async function moveWebhook(sql: Sql, from: string, to: string): Promise<void> {
  await sql.change(`UPDATE webhooks SET job_id = ? WHERE job_id = ? AND state = 'waiting'`, [to, from]);
}

/** Nothing follows the job's end: what waits for it may be sent. */
export async function webhookDue(sql: Sql, jobId: string, now: number): Promise<void> {
  await sql.change(
    `UPDATE webhooks SET state = 'due', next_attempt = ? WHERE job_id = ? AND state = 'waiting'`,
    [now, jobId],
  );
}
