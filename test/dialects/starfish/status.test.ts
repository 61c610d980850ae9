import { expect, test } from 'vitest';
import { JOB_STATES } from '../../../src/core/job-state.ts';
import { STARFISH_STATUS } from '../../../src/dialects/starfish/status.ts';

test('each job state shows as the status that its clients know', () => {
  expect(JOB_STATES.map((state) => [state, STARFISH_STATUS[state]])).toEqual([
    ['created', 'Pending'],
    ['queued', 'Pending'],
    ['running', 'Running'],
    ['cancelling', 'Running'],
    ['completed', 'Complete'],
    ['failed', 'Failed'],
    ['cancelled', 'Failed'],
    ['abandoned', 'Failed'],
  ]);
});
