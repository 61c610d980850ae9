import { expect, test } from 'vitest';
import type { JobState } from '../../../src/core/job-state.ts';
import type { ExecutionSummary } from '../../../src/core/schedule.ts';
import { toExecutionViewData } from '../../../src/dialects/pyramid/execution-view.ts';
import {
  modified,
  toScheduleViewObject,
  toTaskId,
  toTaskViewData,
} from '../../../src/dialects/pyramid/wire.ts';
import { SCHEDULE, TASK } from './sample-task.ts';

test('ScheduleViewObject: every member of the SDK, dates ISO 8601, what has no value null', () => {
  expect(toScheduleViewObject(SCHEDULE, 'numbers')).toEqual({
    scheduleId: 'schedule-1',
    name: 'Nightly',
    description: 'every night',
    type: 1,
    createdDate: '2026-01-01T00:00:00.000Z',
    createdBy: 'root',
    startDate: '2026-01-01T00:00:00.000Z',
    endDate: null,
    scheduleDataType: 1,
    status: 0,
    scheduleItemId: 'walk',
    scheduleItemName: 'walk',
    tenantId: null,
  });
});

test('with names, every enumeration of a schedule is a name', () => {
  const { type, scheduleDataType, status } = toScheduleViewObject(SCHEDULE, 'names');
  expect([type, scheduleDataType, status]).toEqual(['ETL', 'RECURRING', 'IDLE']);
});

test('a schedule on hold is HOLD, one without a cron expression ON_DEMAND', () => {
  const held = toScheduleViewObject({ ...SCHEDULE, state: 'held', cron: null }, 'numbers');
  expect([held.status, held.scheduleDataType]).toEqual([4, 3]);
});

test('TaskViewData: every member of the SDK, with the result as JSON text', () => {
  expect(toTaskViewData(TASK, SCHEDULE, { walked: 0 }, 'numbers')).toEqual({
    id: 'task-1',
    scheduleId: 'schedule-1',
    scheduleName: 'Nightly',
    scheduleItemId: 'walk',
    scheduleType: 1,
    status: 1,
    description: 'every night',
    createdBy: 'ada',
    createdDate: '2026-01-02T00:00:00.000Z',
    startDate: '2026-01-03T00:00:00.000Z',
    endDate: '2026-01-04T00:00:00.000Z',
    timeZoneId: 'Europe/Berlin',
    executorId: 'worker-1',
    executorDescription: 'worker-1',
    outputId: null,
    outputType: null,
    contentType: null,
    result: '{"walked":0}',
    summary: null,
    formattedSummary: null,
    taskSummary: { message: null, params: [], error: null, inheritanceType: 'TaskSummary' },
  });
});

test('with names, every enumeration of a task is a name', () => {
  const { status, scheduleType } = toTaskViewData(TASK, SCHEDULE, null, 'names');
  expect([status, scheduleType]).toEqual(['FINISHED', 'ETL']);
});

test('a task that failed says so in its summaries', () => {
  const failed = { ...TASK, state: 'failed', statusMessage: 'half way', errorMessage: 'no disk' } as const;
  const { summary, formattedSummary, taskSummary, result } = toTaskViewData(
    failed,
    SCHEDULE,
    null,
    'numbers',
  );
  expect([summary, formattedSummary, result]).toEqual(['no disk', 'no disk', null]);
  expect(taskSummary).toEqual({
    message: 'half way',
    params: [],
    error: { msg: 'no disk', code: null, params: [] },
    inheritanceType: 'TaskSummary',
  });
});

test('without an error the summary is what the program last said', () => {
  expect(toTaskViewData({ ...TASK, statusMessage: 'half way' }, SCHEDULE, null, 'numbers').summary).toBe(
    'half way',
  );
});

test('of a job that no schedule started, what is the schedule’s is null', () => {
  const { scheduleId, scheduleName, scheduleType, description, timeZoneId, scheduleItemId } = toTaskViewData(
    TASK,
    undefined,
    null,
    'numbers',
  );
  expect([scheduleId, scheduleName, scheduleType, description, timeZoneId]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(scheduleItemId).toBe('walk');
});

test('ItemId and ModifiedItemsResult', () => {
  expect(modified(toTaskId(TASK))).toEqual({
    success: true,
    errorMessage: null,
    modifiedList: [{ id: 'task-1', name: 'walk' }],
  });
});

test('ExecutionViewData: counts and percentages of its tasks, each counted once', () => {
  const jobs = {
    created: 1,
    queued: 1,
    running: 1,
    cancelling: 1,
    completed: 2,
    failed: 1,
    cancelled: 1,
    abandoned: 1,
  };
  expect(toExecutionViewData(execution(jobs), [])).toEqual({
    id: 'execution-1',
    startDate: '2026-01-02T00:00:00.000Z',
    endDate: null,
    outputType: null,
    error: null,
    items: [],
    successCount: 2,
    successPct: 22.22,
    partialSuccessCount: 0,
    partialSuccessPct: 0,
    failedCount: 1,
    failedPct: 11.11,
    canceledCount: 1,
    canceledPct: 11.11,
    runningCount: 2,
    runningPct: 22.22,
    pendingCount: 2,
    pendingPct: 22.22,
    triggerStoppedCount: 1,
    triggerStoppedPct: 11.11,
  });
});

test('an execution ends when its last task has', () => {
  expect(toExecutionViewData(execution({ completed: 1, failed: 1 }), []).endDate).toBe(
    '2026-01-04T00:00:00.000Z',
  );
  expect(toExecutionViewData(execution({ completed: 1, queued: 1 }), []).endDate).toBeNull();
});

test('an execution without tasks has percentages of 0', () => {
  expect(toExecutionViewData(execution({}), [])).toMatchObject({ successCount: 0, successPct: 0 });
});

function execution(jobs: Partial<Record<JobState, number>>): ExecutionSummary {
  const none = {
    created: 0,
    queued: 0,
    running: 0,
    cancelling: 0,
    completed: 0,
    failed: 0,
    cancelled: 0,
    abandoned: 0,
  };
  return {
    id: 'execution-1',
    scheduleId: 'schedule-1',
    owner: 'ada',
    trigger: 'demand',
    created: Date.UTC(2026, 0, 2),
    jobs: { ...none, ...jobs },
    started: Date.UTC(2026, 0, 3),
    completed: Date.UTC(2026, 0, 4),
    errorMessage: null,
  };
}
