import type { Fence, LogLine } from '../core/job-queue.ts';
import type { Database } from './database.ts';
import { FENCE_SQL, fenceBindings } from './fence.ts';
import { HELD_STATES_SQL } from './state-guard.ts';

/** What a job may log, in bytes of UTF-8 over all its attempts. */
export const JOB_LOG_BYTES = 1024 * 1024;
const DROPPED = 'the log is full; the rest was dropped';
const ROWS_A_STATEMENT = 200;

/** Stores the lines as far as there is room; in place of the first that has none, a line says so. */
export function appendJobLog(database: Database, fence: Fence, lines: readonly LogLine[]): Promise<boolean> {
  const sizes = lines.map(({ text }) => Buffer.byteLength(text));
  const offered = sizes.reduce((sum, size) => sum + size, 0);
  return database.transaction(async (sql) => {
    // The count goes on past the limit, so exactly one call crosses it. And it locks the job against its finish.
    const held = await sql.change(
      `UPDATE jobs SET log_bytes = log_bytes + ? WHERE ${FENCE_SQL} AND state IN (${HELD_STATES_SQL})`,
      [offered, ...fenceBindings(fence)],
    );
    if (held.count === 0) return false;
    const [row] = await sql.rows<{ log_bytes: number }>('SELECT log_bytes FROM jobs WHERE id = ?', [
      fence.jobId,
    ]);
    const stored = fitting(lines, sizes, (row?.log_bytes ?? 0) - offered);
    for (let from = 0; from < stored.length; from += ROWS_A_STATEMENT) {
      const some = stored.slice(from, from + ROWS_A_STATEMENT);
      await sql.change(
        `INSERT INTO job_log (job_id, level, at, text) VALUES ${some.map(() => '(?, ?, ?, ?)').join(', ')}`,
        some.flatMap(({ level, at, text }) => [fence.jobId, level, at, text]),
      );
    }
    return true;
  });
}

/** A job's lines of at most `level`, in the order they were written. */
export function readJobLog(database: Database, jobId: string, level: LogLine['level']): Promise<LogLine[]> {
  return database.rows<LogLine>(
    'SELECT level, at, text FROM job_log WHERE job_id = ? AND level <= ? ORDER BY seq',
    [jobId, level],
  );
}

function fitting(lines: readonly LogLine[], sizes: readonly number[], before: number): LogLine[] {
  const stored: LogLine[] = [];
  let total = before;
  if (total > JOB_LOG_BYTES) return stored;
  for (const [index, line] of lines.entries()) {
    total += sizes[index] ?? 0;
    if (total > JOB_LOG_BYTES) return [...stored, { level: 3, at: line.at, text: DROPPED }];
    stored.push(line);
  }
  return stored;
}
