import { type JobDetail, NO_ROWS } from '../../../src/core/job.ts';
import type { Schedule } from '../../../src/core/schedule.ts';

/** A completed job of the schedule below; dates are days of January 2026. */
export const TASK: JobDetail = {
  id: 'task-1',
  group: 'execution-1',
  program: 'walk',
  type: 'program',
  owner: 'ada',
  state: 'completed',
  statusMessage: null,
  errorMessage: null,
  comment: null,
  workerId: 'worker-1',
  progress: { startedAt: null, count: 0, target: 0, percent: 0 },
  isRead: false,
  attempt: 1,
  created: Date.UTC(2026, 0, 2),
  updated: Date.UTC(2026, 0, 4),
  started: Date.UTC(2026, 0, 3),
  completed: Date.UTC(2026, 0, 4),
  parameters: [],
  counters: NO_ROWS,
};

export const SCHEDULE: Schedule = {
  id: 'schedule-1',
  name: 'Nightly',
  description: 'every night',
  type: 'etl',
  owner: 'root',
  program: 'walk',
  cron: '0 3 * * *',
  timeZone: 'Europe/Berlin',
  state: 'active',
  removed: false,
  nextRun: Date.UTC(2026, 0, 5),
  lastRun: null,
  created: Date.UTC(2026, 0, 1),
};
