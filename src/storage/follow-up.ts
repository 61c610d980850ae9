import type { FinalJobState } from '../core/job-state.ts';
import type { Sql } from './sql.ts';
import { moveWebhook, webhookDue } from './webhook-outbox.ts';

/**
 * Within the transaction in which the job has just ended: the next job of its chain is queued, or the rest of
 * the chain cancelled and the webhook made due.
 */
export async function followUp(sql: Sql, jobId: string, state: FinalJobState, now: number): Promise<void> {
  const next = await nextOf(sql, jobId);
  if (state === 'completed' && next !== null && (await queue(sql, next, now))) {
    await moveWebhook(sql, jobId, next);
    return;
  }
  await cancelFrom(sql, next, now);
  await webhookDue(sql, jobId, now);
}

/** False when it was cancelled by itself, or is gone. */
async function queue(sql: Sql, id: string, now: number): Promise<boolean> {
  const text = `UPDATE jobs SET state = 'queued', updated = ? WHERE id = ? AND state = 'created'`;
  return (await sql.change(text, [now, id])).count > 0;
}

/** Cancels the rest of a chain, which nothing would ever queue. */
async function cancelFrom(sql: Sql, first: string | null, now: number): Promise<void> {
  for (let id = first; id !== null; id = await nextOf(sql, id)) {
    await sql.change(
      `UPDATE jobs SET state = 'cancelled', completed = ?, updated = ? WHERE id = ? AND state = 'created'`,
      [now, now, id],
    );
  }
}

async function nextOf(sql: Sql, jobId: string): Promise<string | null> {
  const [row] = await sql.rows<{ next_job: string | null }>('SELECT next_job FROM jobs WHERE id = ?', [
    jobId,
  ]);
  return row?.next_job ?? null;
}
