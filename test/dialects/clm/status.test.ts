import { expect, test } from 'vitest';
import type { JobState } from '../../../src/core/job-state.ts';
import { CLM_STATUS } from '../../../src/dialects/clm/status.ts';

/** The contract's column, spelt out: a published number never changes. */
const PUBLISHED: Record<JobState, string> = {
  created: '0 Incomplete',
  queued: '0 Incomplete',
  running: '1 Running',
  cancelling: '1 Running',
  completed: '2 Complete',
  failed: '3 Failed',
  cancelled: '4 Killed',
  abandoned: '5 Abandoned',
};

test.each(Object.entries(PUBLISHED))('a job that is %s shows as %s', (state, shown) => {
  const { number, name } = CLM_STATUS[state as JobState];
  expect(`${number} ${name}`).toBe(shown);
});

test('no state is shown that the contract does not know', () => {
  expect(Object.keys(CLM_STATUS).sort()).toEqual(Object.keys(PUBLISHED).sort());
});
