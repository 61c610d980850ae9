import type { Fence, Outcome } from '../core/job-queue.ts';
import type { Database } from './database.ts';
import { FENCE_SQL, fenceBindings } from './fence.ts';
import type { Binding, Sql } from './sql.ts';
import { heldStatesBefore } from './state-guard.ts';

/** A job whose end is to be stored. */
export interface Finish {
  readonly fence: Fence;
  readonly outcome: Outcome;
  readonly now: number;
}

/**
 * Ends several jobs, each under its own fence, or none: false where one of them is not its worker's any more, or something
 * follows its end.
 */
export async function finishJobs(database: Database, finishes: readonly Finish[]): Promise<boolean> {
  const left = new Error('left as they were');
  try {
    await database.transaction(async (sql) => {
      if ((await finishAll(sql, finishes)) < finishes.length) throw left;
    });
    return true;
  } catch (error) {
    if (error === left) return false;
    throw error;
  }
}

async function finishAll(sql: Sql, finishes: readonly Finish[]): Promise<number> {
  const columns: Record<string, (finish: Finish) => Binding> = {
    state: ({ outcome }) => outcome.state,
    result: ({ outcome }) => JSON.stringify(outcome.result),
    error_message: ({ outcome }) => outcome.errorMessage,
    completed: ({ now }) => now,
    updated: ({ now }) => now,
  };
  const cases = finishes.map(() => 'WHEN ? THEN ?').join(' ');
  const held = finishes.map(
    ({ outcome }) => `(${FENCE_SQL} AND state IN (${heldStatesBefore(outcome.state)}))`,
  );
  const { count } = await sql.change(
    `UPDATE jobs SET lease_until = NULL, ${Object.keys(columns)
      .map((column) => `${column} = CASE id ${cases} END`)
      .join(', ')} WHERE chain_position IS NULL AND (${held.join(' OR ')})`,
    [
      ...Object.values(columns).flatMap((bindingOf) =>
        finishes.flatMap((finish) => [finish.fence.jobId, bindingOf(finish)]),
      ),
      ...finishes.flatMap(({ fence }) => fenceBindings(fence)),
    ],
  );
  return count;
}
