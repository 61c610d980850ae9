import type { Rescued } from '../core/job-queue.ts';
import type { Database } from './database.ts';
import { placeholders } from './placeholders.ts';
import type { Binding } from './sql.ts';
import { HELD_STATES_SQL } from './state-guard.ts';

const BATCH = 500;

/** What a job that goes back to the queue leaves behind: it starts from nothing, but keeps its place. */
export const REQUEUED_SQL =
  "state = 'queued', lease_until = NULL, progress_started = NULL, progress_count = 0, progress_target = 0, progress_percent = 0, percentages = '[]'";

/** What a held job's end sets beside its state. */
export const ENDED_SQL = 'lease_until = NULL, completed = ?, updated = ?';

/**
 * Takes jobs from workers that let their leases run out. Each statement looks again at the
 * lease and the state, so a worker that came back or finished meanwhile is left alone.
 */
export async function rescueJobs(database: Database, maxLosses: number, now: number): Promise<Rescued> {
  const rescued = { requeued: 0, abandoned: 0, cancelled: 0 };
  const expired = `lease_until <= ${database.dialect.now}`;
  for (;;) {
    // A read first: nearly always there is nothing to do, and then nothing is locked.
    const rows = await database.rows<{ seq: number }>(
      `SELECT seq FROM jobs WHERE state IN (${HELD_STATES_SQL}) AND ${expired} LIMIT ${BATCH}`,
    );
    if (rows.length === 0) return rescued;
    const lost = rows.map(({ seq }) => seq);
    const update = async (
      assignments: string,
      values: Binding[],
      condition: string,
      more: Binding[] = [],
    ) => {
      const text = `UPDATE jobs SET ${assignments} WHERE seq IN (${placeholders(lost)}) AND ${expired} AND ${condition}`;
      return (await database.change(text, [...values, ...lost, ...more])).count;
    };
    rescued.cancelled += await update(
      `state = 'cancelled', ${ENDED_SQL}`,
      [now, now],
      "state = 'cancelling'",
    );
    rescued.abandoned += await update(
      `state = 'abandoned', losses = losses + 1, error_message = ?, ${ENDED_SQL}`,
      ['its worker was lost, and its attempts are used up', now, now],
      "state = 'running' AND losses + 1 >= ?",
      [maxLosses],
    );
    rescued.requeued += await update(
      `losses = losses + 1, updated = ?, ${REQUEUED_SQL}`,
      [now],
      "state = 'running' AND losses + 1 < ?",
      [maxLosses],
    );
    if (rows.length < BATCH) return rescued;
  }
}
