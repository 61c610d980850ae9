import { JOB_STATES, type JobState } from '../core/job-state.ts';
import type { JobRange } from '../core/job-store.ts';
import type { ExecutionSummary } from '../core/schedule.ts';
import type { Database } from './database.ts';
import { type ExecutionRow, toExecution } from './schedule-row.ts';
import type { Binding } from './sql.ts';

/** An execution's jobs of one state. */
interface StateRow {
  id: string;
  state: JobState;
  jobs: number;
  started: number | null;
  completed: number | null;
  error_message: string | null;
}

/** See ScheduleStore.listExecutions. */
export async function listExecutions(
  database: Database,
  scheduleId: string,
  owner: string | undefined,
  { skip, take }: JobRange,
): Promise<ExecutionSummary[]> {
  const owned = (column: string) => (owner === undefined ? '' : ` AND ${column} = ?`);
  const owners: Binding[] = owner === undefined ? [] : [owner];
  const rows = await database.rows<ExecutionRow>(
    `SELECT seq, id, schedule_id, owner, cause, created FROM executions
     WHERE schedule_id = ?${owned('owner')} ORDER BY seq DESC LIMIT ? OFFSET ?`,
    [scheduleId, ...owners, take, skip],
  );
  const [newest, oldest] = [rows[0]?.seq, rows.at(-1)?.seq];
  if (newest === undefined || oldest === undefined) return [];
  const states = await database.rows<StateRow>(
    `SELECT e.id AS id, j.state AS state, COUNT(*) AS jobs, MIN(j.started) AS started, MAX(j.completed) AS completed,
       MAX(SUBSTR(j.error_message, 1, 1024)) AS error_message
     FROM executions e JOIN jobs j ON j.group_name = e.id${owned('j.owner')}
     WHERE e.schedule_id = ?${owned('e.owner')} AND e.seq BETWEEN ? AND ? GROUP BY e.id, j.state`,
    [...owners, scheduleId, ...owners, oldest, newest],
  );
  const byExecution = new Map<string, StateRow[]>(rows.map(({ id }) => [id, []]));
  for (const row of states) byExecution.get(row.id)?.push(row);
  return rows.map((row) => ({ ...toExecution(row), ...summary(byExecution.get(row.id) ?? []) }));
}

function summary(
  rows: readonly StateRow[],
): Pick<ExecutionSummary, 'jobs' | 'started' | 'completed' | 'errorMessage'> {
  const count = (state: JobState) => rows.find((row) => row.state === state)?.jobs ?? 0;
  const started = rows.flatMap((row) => row.started ?? []);
  const completed = rows.flatMap((row) => row.completed ?? []);
  return {
    jobs: Object.fromEntries(JOB_STATES.map((state) => [state, count(state)])) as Record<JobState, number>,
    started: started.length > 0 ? Math.min(...started) : null,
    completed: completed.length > 0 ? Math.max(...completed) : null,
    errorMessage: rows.find((row) => row.error_message !== null)?.error_message ?? null,
  };
}
