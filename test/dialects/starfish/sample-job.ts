import { type JobDetail, NO_ROWS } from '../../../src/core/job.ts';

const START = Date.UTC(2024, 1, 29, 12);

/** A job that has run for 1.5 s and completed, unless told otherwise. */
export function sampleJob(members: Partial<JobDetail> = {}): JobDetail {
  return {
    id: '6b0e2bcb-7d2f-4f9a-9a35-0d1e3a1f2c11',
    group: 'run 1',
    program: 'walk',
    type: 'program',
    owner: 'ann',
    state: 'completed',
    statusMessage: null,
    errorMessage: null,
    comment: null,
    workerId: 'w',
    progress: { startedAt: null, count: 0, target: 0, percent: 0 },
    isRead: false,
    attempt: 1,
    created: START - 10,
    updated: START + 1_500,
    started: START,
    completed: START + 1_500,
    parameters: [],
    counters: NO_ROWS,
    ...members,
  };
}
