import type { JobState } from '../core/job-state.ts';
import type { AmendOutcome, JobAmendment } from '../core/job-store.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';

/** See JobStore.amend. */
export async function amendJob(
  database: Database,
  id: string,
  { program, type, parameters, state, lastUpdated }: JobAmendment,
  now: number,
): Promise<AmendOutcome> {
  if (!isAsciiId(id)) return 'unknown';
  // Its time of change moves at least by a millisecond, so that of two amendments of the same job only one finds it as it was.
  // A job that waits for another one is released by that one's end alone.
  const amended = await database.change(
    `UPDATE jobs SET program = ?, type = ?, parameters = ?, state = ?,
       updated = ${database.dialect.greatest('updated + 1', '?')} WHERE id = ?
       AND state IN (${state === 'queued' ? "'created', 'queued'" : "'created'"})
       AND (chain_position IS NULL OR chain_position = 1) AND updated = COALESCE(?, updated)`,
    [
      program,
      type,
      parameters.length > 0 ? JSON.stringify(parameters) : null,
      state,
      now,
      id,
      lastUpdated ?? null,
    ],
  );
  if (amended.count > 0) return 'amended';
  const [row] = await database.rows<{ state: JobState; updated: number }>(
    'SELECT state, updated FROM jobs WHERE id = ?',
    [id],
  );
  if (row && lastUpdated !== undefined && row.updated !== lastUpdated) return 'changed';
  return row?.state ?? 'unknown';
}
