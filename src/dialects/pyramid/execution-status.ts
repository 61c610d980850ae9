import type { JobState } from '../../core/job-state.ts';
import type { TaskStatus } from './enumerations.ts';
import { PYRAMID_STATUS } from './status.ts';

/** The ends without any success, worst first. */
const WORST_FIRST = ['ERROR', 'CANCELED', 'STOPPED_WITHOUT_RUNNING'] as const satisfies readonly TaskStatus[];

/**
 * One status for an execution of several tasks: any running -> RUNNING (a task being cancelled still runs), else
 * any pending -> PENDING, else all finished -> FINISHED, some -> FINISHED_WITH_ERRORS, else the worst end.
 * DELETED when no task is left.
 */
export function executionStatus(states: readonly JobState[]): TaskStatus {
  const found = new Set<TaskStatus>(states.map((state) => PYRAMID_STATUS[state]));
  if (found.has('RUNNING') || found.has('CANCELING')) return 'RUNNING';
  if (found.has('PENDING')) return 'PENDING';
  if (found.has('FINISHED')) return found.size === 1 ? 'FINISHED' : 'FINISHED_WITH_ERRORS';
  return WORST_FIRST.find((status) => found.has(status)) ?? 'DELETED';
}
