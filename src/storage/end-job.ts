import type { FinalJobState } from '../core/job-state.ts';
import type { Database } from './database.ts';
import { followUp } from './follow-up.ts';
import type { Sql } from './sql.ts';

/**
 * Most jobs end by one statement. Those that something follows have a chain_position: their end and what
 * follows from it are one transaction. `end` puts the job into its final state under the condition it is given, and says
 * whether it did.
 */
export async function endJob(
  database: Database,
  end: (sql: Sql, condition: string) => Promise<boolean>,
  jobId: string,
  state: FinalJobState,
  now: number,
): Promise<boolean> {
  if (await end(database, 'chain_position IS NULL')) return true;
  return database.transaction(async (sql) => {
    if (!(await end(sql, 'chain_position IS NOT NULL'))) return false;
    await followUp(sql, jobId, state, now);
    return true;
  });
}
