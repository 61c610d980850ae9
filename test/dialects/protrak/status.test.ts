import { expect, test } from 'vitest';
import { JOB_STATES, type JobState } from '../../../src/core/job-state.ts';
import { PROTRAK_STATUS } from '../../../src/dialects/protrak/status.ts';

/** The source's "Possible Status Values", spelt out for each state. */
const SHOWN: Record<JobState, string> = {
  created: 'InProgress',
  queued: 'InProgress',
  running: 'InProgress',
  cancelling: 'InProgress',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Abandoned',
  abandoned: 'Abandoned',
};

test.each(JOB_STATES)('a job that is %s shows as the source says', (state) => {
  expect(PROTRAK_STATUS[state]).toBe(SHOWN[state]);
});

test('the Running of the sample response is never shown', () => {
  expect(Object.values(PROTRAK_STATUS)).not.toContain('Running');
});
