import { describe, expect, test } from 'vitest';
import { JOB_STATES, type JobState } from '../../../src/core/job-state.ts';
import { TASK_STATUS } from '../../../src/dialects/pyramid/enumerations.ts';
import { executionStatus } from '../../../src/dialects/pyramid/execution-status.ts';
import { PYRAMID_STATUS } from '../../../src/dialects/pyramid/status.ts';

const statusOf = (...states: JobState[]) => TASK_STATUS[executionStatus(states)];

test('a task has the TaskStatus of its job', () => {
  const numbers = JOB_STATES.map((state) => [state, TASK_STATUS[PYRAMID_STATUS[state]]]);
  expect(Object.fromEntries(numbers)).toEqual({
    created: 0,
    queued: 0,
    running: 4,
    cancelling: 9,
    completed: 1,
    failed: 3,
    cancelled: 8,
    abandoned: 6,
  });
});

describe("an execution's status", () => {
  test('any running: 4, whatever else there is', () => {
    for (const state of JOB_STATES) expect(statusOf(state, 'running')).toBe(4);
  });

  test('a task being cancelled still runs', () => {
    expect(statusOf('completed', 'cancelling')).toBe(4);
  });

  test.each(['created', 'queued'] as const)('else any %s: 0', (pending) => {
    for (const state of ['completed', 'failed', 'cancelled', 'abandoned'] as const) {
      expect(statusOf(state, pending)).toBe(0);
    }
  });

  test('else all finished: 1', () => {
    expect(statusOf('completed')).toBe(1);
    expect(statusOf('completed', 'completed')).toBe(1);
  });

  test.each(['failed', 'cancelled', 'abandoned'] as const)('else some finished, one %s: 5', (state) => {
    expect(statusOf('completed', state, 'completed')).toBe(5);
  });

  test('else the worst of 3, 8 and 6', () => {
    expect(statusOf('abandoned', 'cancelled', 'failed')).toBe(3);
    expect(statusOf('abandoned', 'cancelled')).toBe(8);
    expect(statusOf('abandoned')).toBe(6);
  });

  test('15 when no task is left', () => {
    expect(statusOf()).toBe(15);
  });
});
