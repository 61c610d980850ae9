/**
 * The states of a job and the only ways between them.
 *
 * created ──► queued ──► running ──► completed | failed | abandoned
 *    │          │  ▲        │  ▲
 *    │          │  └────────┘  └── (lease lost, or given back by a drain: queued again)
 *    │          │           ▼
 *    │          │      cancelling ──► cancelled | completed | failed | abandoned
 *    └──────────┴──► cancelled
 */
export const JOB_STATES = [
  'created',
  'queued',
  'running',
  'cancelling',
  'completed',
  'failed',
  'cancelled',
  'abandoned',
] as const;

export type JobState = (typeof JOB_STATES)[number];

/** Where each state may go. A state with nowhere to go is final: nothing ever leaves it. */
export const TRANSITIONS = {
  created: ['queued', 'cancelled'],
  queued: ['running', 'cancelled'],
  running: ['completed', 'failed', 'cancelling', 'abandoned', 'queued'],
  cancelling: ['cancelled', 'completed', 'failed', 'abandoned'],
  completed: [],
  failed: [],
  cancelled: [],
  abandoned: [],
} as const satisfies Record<JobState, readonly JobState[]>;

/** The states a job ends in. */
export type FinalJobState = {
  [S in JobState]: (typeof TRANSITIONS)[S] extends readonly [] ? S : never;
}[JobState];

/** The states in which a worker holds the job. */
export const HELD_STATES = ['running', 'cancelling'] as const satisfies readonly JobState[];

/** The states that a job has yet to leave: what operators count as work in hand. */
export const OPEN_STATES = ['created', 'queued', ...HELD_STATES] as const satisfies readonly Exclude<
  JobState,
  FinalJobState
>[];

export function isFinal(state: JobState): state is FinalJobState {
  return TRANSITIONS[state].length === 0;
}

/** The states from which `to` may be entered: the guard of a storage statement. */
export function statesBefore(to: JobState): JobState[] {
  return JOB_STATES.filter((from) => (TRANSITIONS[from] as readonly JobState[]).includes(to));
}
