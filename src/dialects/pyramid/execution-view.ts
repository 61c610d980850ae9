import { isFinal, JOB_STATES, type JobState } from '../../core/job-state.ts';
import type { ExecutionSummary } from '../../core/schedule.ts';
import { type TaskViewData, toDate, toDateOrNull } from './wire.ts';

type Counter =
  | 'success'
  | 'partialSuccess'
  | 'failed'
  | 'canceled'
  | 'running'
  | 'pending'
  | 'triggerStopped';

/** Tasks, and what percentage of all they are: at most two decimals, 0 of none. */
type Counts = { readonly [C in Counter as `${C}Count` | `${C}Pct`]: number };

/** An execution in a list. */
export interface ExecutionViewData extends Counts {
  readonly id: string;
  /** When it was launched. */
  readonly startDate: string;
  /** When its last task ended; null until then. */
  readonly endDate: string | null;
  readonly outputType: null;
  /** What one of its tasks failed with. */
  readonly error: string | null;
  readonly items: readonly TaskViewData[];
}

/** Where a task counts: each in one place. No job of ours ends in partial success. */
const COUNTED_AS = {
  created: 'pending',
  queued: 'pending',
  running: 'running',
  cancelling: 'running',
  completed: 'success',
  failed: 'failed',
  cancelled: 'canceled',
  abandoned: 'triggerStopped',
} as const satisfies Record<JobState, Counter>;

export function toExecutionViewData(
  execution: ExecutionSummary,
  items: readonly TaskViewData[],
): ExecutionViewData {
  const ended = JOB_STATES.every((state) => isFinal(state) || execution.jobs[state] === 0);
  return {
    id: execution.id,
    startDate: toDate(execution.created),
    endDate: ended ? toDateOrNull(execution.completed) : null,
    outputType: null,
    error: execution.errorMessage,
    ...toCounts(execution.jobs),
    items,
  };
}

function toCounts(jobs: ExecutionSummary['jobs']): Counts {
  const total = JOB_STATES.reduce((sum, state) => sum + jobs[state], 0);
  const count = (counter: Counter) =>
    JOB_STATES.filter((state) => COUNTED_AS[state] === counter).reduce((sum, state) => sum + jobs[state], 0);
  const pct = (counter: Counter) => (total === 0 ? 0 : Math.round((count(counter) * 10_000) / total) / 100);
  return {
    successPct: pct('success'),
    successCount: count('success'),
    partialSuccessPct: pct('partialSuccess'),
    partialSuccessCount: count('partialSuccess'),
    failedPct: pct('failed'),
    failedCount: count('failed'),
    canceledPct: pct('canceled'),
    canceledCount: count('canceled'),
    runningPct: pct('running'),
    runningCount: count('running'),
    pendingPct: pct('pending'),
    pendingCount: count('pending'),
    triggerStoppedPct: pct('triggerStopped'),
    triggerStoppedCount: count('triggerStopped'),
  };
}
