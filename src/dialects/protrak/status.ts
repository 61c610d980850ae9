import type { JobState } from '../../core/job-state.ts';

/** The source's "Possible Status Values". */
export type AsyncJobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Abandoned';

/** A job that was stopped has no word of its own here: like one whose worker was lost, it will not be finished. */
export const PROTRAK_STATUS = {
  created: 'InProgress',
  queued: 'InProgress',
  running: 'InProgress',
  cancelling: 'InProgress',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Abandoned',
  abandoned: 'Abandoned',
} as const satisfies Record<JobState, AsyncJobStatus>;

/** What a client may send: also the sample response's `Running`, which is never answered. */
export const STATUS_WORDS = ['InProgress', 'Completed', 'Failed', 'Abandoned', 'Running'] as const;
