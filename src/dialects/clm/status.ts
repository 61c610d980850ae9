import type { JobState } from '../../core/job-state.ts';

/** `ClmJob.status` and its word. Cisco printed no numbers: these are ours, fixed for good. */
export const CLM_STATUS = {
  created: { number: 0, name: 'Incomplete' },
  queued: { number: 0, name: 'Incomplete' },
  running: { number: 1, name: 'Running' },
  cancelling: { number: 1, name: 'Running' },
  completed: { number: 2, name: 'Complete' },
  failed: { number: 3, name: 'Failed' },
  cancelled: { number: 4, name: 'Killed' },
  abandoned: { number: 5, name: 'Abandoned' },
} as const satisfies Record<JobState, { number: number; name: string }>;
