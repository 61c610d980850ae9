import type { JobState } from '../../core/job-state.ts';

/** `status` of resultsResponse: "Typically 'Complete' or 'Failed'"; the other two, while a job is not finished, are ours. */
export const STARFISH_STATUS = {
  created: 'Pending',
  queued: 'Pending',
  running: 'Running',
  cancelling: 'Running',
  completed: 'Complete',
  failed: 'Failed',
  cancelled: 'Failed',
  abandoned: 'Failed',
} as const satisfies Record<JobState, string>;
