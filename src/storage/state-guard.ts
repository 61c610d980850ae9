import { HELD_STATES, isFinal, JOB_STATES, type JobState, statesBefore } from '../core/job-state.ts';

/*
 * A final state never changes because no statement can change it: each names the states it
 * leaves, and those come from core's table of transitions. A trigger would say it once more,
 * but MySQL lets ordinary accounts create triggers only when its binary log is off or told to trust them.
 */

/** `'a','b'` for an IN list; the words are core's own, never a caller's. */
function sqlList(states: readonly JobState[]): string {
  return states.map((state) => `'${state}'`).join(', ');
}

export const HELD_STATES_SQL = sqlList(HELD_STATES);
export const FINAL_STATES_SQL = sqlList(JOB_STATES.filter(isFinal));

/** The states in which a worker holds the job, and from which it may enter `to`. */
export function heldStatesBefore(to: JobState): string {
  return sqlList(statesBefore(to).filter(isHeld));
}

/** The states in which nobody holds the job, and from which it may enter `to`. */
export function freeStatesBefore(to: JobState): string {
  return sqlList(statesBefore(to).filter((state) => !isHeld(state)));
}

function isHeld(state: JobState): boolean {
  return (HELD_STATES as readonly JobState[]).includes(state);
}
