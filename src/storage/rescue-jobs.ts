import type { Rescued } from '../core/job-queue.ts';
import type { Database } from './database.ts';
import { followUp } from './follow-up.ts';
import { placeholders } from './placeholders.ts';
import type { Sql } from './sql.ts';
import { HELD_STATES_SQL } from './state-guard.ts';

const BATCH = 500;

/** What a job that goes back to the queue leaves behind: it starts from nothing, but keeps its place. */
export const REQUEUED_SQL =
  "state = 'queued', lease_until = NULL, progress_started = NULL, progress_count = 0, progress_target = 0, progress_percent = 0, percentages = '[]', status_message = NULL, counters = NULL";

/** What a held job's end sets beside its state. */
export const ENDED_SQL = 'lease_until = NULL, completed = ?, updated = ?';

interface LostJob {
  seq: number;
  id: string;
  chain_position: number | null;
}

/**
 * Takes jobs from workers that let their leases run out. Each statement looks again at the
 * lease and the state, so a worker that came back or finished meanwhile is left alone.
 */
export async function rescueJobs(database: Database, maxLosses: number, now: number): Promise<Rescued> {
  const rescued = { requeued: 0, abandoned: 0, cancelled: 0 };
  const expired = `lease_until <= ${database.dialect.now}`;
  for (;;) {
    // A read first: nearly always there is nothing to do, and then nothing is locked.
    const lost = await database.rows<LostJob>(
      `SELECT seq, id, chain_position FROM jobs WHERE state IN (${HELD_STATES_SQL}) AND ${expired} LIMIT ${BATCH}`,
    );
    if (lost.length === 0) return rescued;
    const alone = lost.filter(({ chain_position }) => chain_position === null);
    if (alone.length > 0) {
      const condition = `seq IN (${placeholders(alone)}) AND ${expired}`;
      const seqs = alone.map(({ seq }) => seq);
      rescued.cancelled += await cancel(database, condition, seqs, now);
      rescued.abandoned += await abandon(database, condition, seqs, maxLosses, now);
    }
    for (const { seq, id } of lost.filter(({ chain_position }) => chain_position !== null)) {
      const condition = `seq = ? AND ${expired}`;
      const ended = await database.transaction(async (sql) => {
        const cancelled = await cancel(sql, condition, [seq], now);
        const abandoned = cancelled === 0 ? await abandon(sql, condition, [seq], maxLosses, now) : 0;
        if (cancelled + abandoned > 0)
          await followUp(sql, id, cancelled > 0 ? 'cancelled' : 'abandoned', now);
        return { cancelled, abandoned };
      });
      rescued.cancelled += ended.cancelled;
      rescued.abandoned += ended.abandoned;
    }
    const requeued = await database.change(
      `UPDATE jobs SET losses = losses + 1, updated = ?, ${REQUEUED_SQL}
       WHERE seq IN (${placeholders(lost)}) AND ${expired} AND state = 'running' AND losses + 1 < ?`,
      [now, ...lost.map(({ seq }) => seq), maxLosses],
    );
    rescued.requeued += requeued.count;
    if (lost.length < BATCH) return rescued;
  }
}

async function cancel(sql: Sql, condition: string, seqs: readonly number[], now: number): Promise<number> {
  const text = `UPDATE jobs SET state = 'cancelled', ${ENDED_SQL} WHERE ${condition} AND state = 'cancelling'`;
  return (await sql.change(text, [now, now, ...seqs])).count;
}

async function abandon(
  sql: Sql,
  condition: string,
  seqs: readonly number[],
  maxLosses: number,
  now: number,
): Promise<number> {
  const abandoned = await sql.change(
    `UPDATE jobs SET state = 'abandoned', losses = losses + 1, error_message = ?, ${ENDED_SQL}
     WHERE ${condition} AND state = 'running' AND losses + 1 >= ?`,
    ['its worker was lost, and its attempts are used up', now, now, ...seqs, maxLosses],
  );
  return abandoned.count;
}
