import { expect, test } from 'vitest';
import type { NewJob } from '../../../src/core/job.ts';
import { roomUnderTest } from './room-under-test.ts';

const room = roomUnderTest();

async function ask(method: string, body: unknown): Promise<unknown> {
  const answer = await room.ask(`tasks/${method}`, body);
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text);
}

async function startExecution(): Promise<string> {
  const scheduleId = await ask('createSchedule', { name: 'any', program: 'walk' });
  return (await ask('runSchedule', { scheduleId })) as string;
}

/** What a worker does: takes everything, and ends each job so. */
async function endAll(state: 'completed' | 'failed', result: { rows: number } | null = null): Promise<void> {
  const now = Date.now();
  const jobs = await room.store.queue.claim({ workerId: 'w', limit: 100, leaseMs: 60_000, now });
  for (const job of jobs) {
    await room.store.queue.finish(
      job,
      { state, result, errorMessage: state === 'failed' ? 'no disk' : null },
      now,
    );
  }
}

test('an execution of two tasks, one failed, one run again with success, has status 5', async () => {
  const executionId = await startExecution();
  await endAll('failed');
  expect(await ask('getScheduleExecutionStatus', executionId)).toEqual({ status: 3 });
  const [task] = (await ask('getTasksIds', executionId)) as [{ id: string }];
  await ask('reRunTask', task.id);
  expect(await ask('getScheduleExecutionStatus', executionId)).toEqual({ status: 0 });
  await endAll('completed');
  expect(await ask('getScheduleExecutionStatus', executionId)).toEqual({ status: 5 });
  const tasks = (await ask('getTasks', executionId)) as { status: number; summary: string | null }[];
  expect(tasks.map(({ status, summary }) => [status, summary])).toEqual([
    [3, 'no disk'],
    [1, null],
  ]);
});

test('getTasks and getTaskData have the result as JSON text, getExecutions leaves it out', async () => {
  const scheduleId = await ask('createSchedule', { name: 'with a result', program: 'walk' });
  const executionId = await ask('runSchedule', { scheduleId });
  await endAll('completed', { rows: 7 });
  const [task] = (await ask('getTasks', executionId)) as [{ id: string; result: string }];
  expect(task.result).toBe('{"rows":7}');
  expect(await ask('getTaskData', task.id)).toEqual(task);
  const [execution] = (await ask('getExecutions', scheduleId)) as [{ items: unknown[] }];
  expect(execution.items).toEqual([{ ...task, result: null }]);
});

test('an execution whose tasks were all deleted has status 15 and no tasks', async () => {
  const executionId = await startExecution();
  await endAll('completed');
  const [task] = (await ask('getTasksIds', executionId)) as [{ id: string }];
  await room.store.jobs.remove(task.id);
  expect(await ask('getScheduleExecutionStatus', executionId)).toEqual({ status: 15 });
  expect(await ask('getTasksIds', executionId)).toEqual([]);
  expect(await ask('getTasks', executionId)).toEqual([]);
});

test('every method shows a job that no schedule has started, by its id and by its group', async () => {
  const job: NewJob = {
    id: 'job-of-clm',
    group: 'group of CLM, Köln',
    program: 'walk',
    owner: 'ada',
    type: 'program',
    arguments: [],
    targets: [],
    parameters: [],
    state: 'queued',
    created: Date.now(),
  };
  await room.store.jobs.insert(job);
  const task = await ask('getTaskData', 'job-of-clm');
  expect(task).toMatchObject({
    id: 'job-of-clm',
    status: 0,
    scheduleId: null,
    scheduleName: null,
    scheduleType: null,
  });
  expect(await ask('getTasks', 'group of CLM, Köln')).toEqual([task]);
  expect(await ask('getTasksIds', 'group of CLM, Köln')).toEqual([{ id: 'job-of-clm', name: 'walk' }]);
  expect(await ask('getScheduleExecutionStatus', 'group of CLM, Köln')).toEqual({ status: 0 });
});

test('the newest execution is listed first', async () => {
  const scheduleId = await ask('createSchedule', { name: 'twice', program: 'walk' });
  const first = await ask('runSchedule', { scheduleId });
  const second = await ask('runSchedule', { scheduleId });
  const executions = (await ask('getExecutions', scheduleId)) as { id: string }[];
  expect(executions.map(({ id }) => id)).toEqual([second, first]);
});
