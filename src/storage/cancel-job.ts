import { isFinal, type JobState } from '../core/job-state.ts';
import type { CancelOutcome } from '../core/job-store.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { endJob } from './end-job.ts';
import type { Sql } from './sql.ts';
import { freeStatesBefore, heldStatesBefore } from './state-guard.ts';

/** See JobStore.cancelWaiting. */
export async function cancelWaiting(
  database: Database,
  id: string,
  now: number,
  lastUpdated?: number,
): Promise<CancelOutcome> {
  if (!isAsciiId(id)) return 'unknown';
  return (await cancelFree(database, id, now, lastUpdated)) ? 'cancelled' : stateOf(database, id);
}

/** See JobStore.requestCancel. */
export async function requestCancel(database: Database, id: string, now: number): Promise<CancelOutcome> {
  if (!isAsciiId(id)) return 'unknown';
  for (;;) {
    if (await cancelFree(database, id, now)) return 'cancelled';
    const running = await database.change(
      `UPDATE jobs SET state = 'cancelling', updated = ? WHERE id = ? AND state IN (${heldStatesBefore('cancelling')})`,
      [now, id],
    );
    if (running.count > 0) return 'cancelling';
    const state = await stateOf(database, id);
    // Else a worker took it, or gave it back, between the two statements.
    if (state === 'unknown' || state === 'cancelling' || isFinal(state)) return state;
  }
}

/** Ends a job that no worker has. */
function cancelFree(database: Database, id: string, now: number, lastUpdated?: number): Promise<boolean> {
  const end = async (sql: Sql, condition: string) => {
    const cancelled = await sql.change(
      `UPDATE jobs SET state = 'cancelled', completed = ?, updated = ?
       WHERE id = ? AND updated = COALESCE(?, updated) AND state IN (${freeStatesBefore('cancelled')}) AND ${condition}`,
      [now, now, id, lastUpdated ?? null],
    );
    return cancelled.count > 0;
  };
  return endJob(database, end, id, 'cancelled', now);
}

async function stateOf(database: Database, id: string): Promise<JobState | 'unknown'> {
  const [row] = await database.rows<{ state: JobState }>('SELECT state FROM jobs WHERE id = ?', [id]);
  return row?.state ?? 'unknown';
}
