import type { JobState } from '../../core/job-state.ts';
import type { ScheduleState } from '../../core/schedule.ts';
import type { ScheduleStatus, TaskStatus } from './enumerations.ts';

/** A task is a job: the TaskStatus of each of its states. */
export const PYRAMID_STATUS = {
  created: 'PENDING',
  queued: 'PENDING',
  running: 'RUNNING',
  cancelling: 'CANCELING',
  completed: 'FINISHED',
  failed: 'ERROR',
  cancelled: 'CANCELED',
  abandoned: 'STOPPED_WITHOUT_RUNNING',
} as const satisfies Record<JobState, TaskStatus>;

export const PYRAMID_SCHEDULE_STATUS = {
  active: 'IDLE',
  held: 'HOLD',
} as const satisfies Record<ScheduleState, ScheduleStatus>;
