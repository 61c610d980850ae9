import type { Caller } from '../../core/caller.ts';
import { JobgateError } from '../../core/error.ts';
import type { Job, Json } from '../../core/job.ts';
import type { Jobs } from '../../core/jobs.ts';
import { LONGEST_LIST, type Schedules } from '../../core/schedules.ts';
import type { PyramidCall } from './call.ts';
import { type EnumValue, spell, TASK_STATUS } from './enumerations.ts';
import { executionStatus } from './execution-status.ts';
import { type ExecutionViewData, toExecutionViewData } from './execution-view.ts';
import { readExecutionId, readId } from './reading.ts';
import {
  type ItemId,
  type ModifiedItemsResult,
  modified,
  type TaskViewData,
  toTaskId,
  toTaskViewData,
} from './wire.ts';

export function taskMethods(schedules: Schedules, jobs: Jobs) {
  return {
    /** "Returns the status of a schedule's job executions." */
    async getScheduleExecutionStatus({
      body,
      caller,
      enums,
    }: PyramidCall): Promise<{ readonly status: EnumValue }> {
      const { jobs: tasks } = await schedules.execution(caller, readExecutionId(body));
      return { status: spell(TASK_STATUS, executionStatus(tasks.map(({ state }) => state)), enums) };
    },

    /** A task's name is its program's. */
    async getTasksIds({ body, caller }: PyramidCall): Promise<ItemId[]> {
      const { jobs: tasks } = await schedules.execution(caller, readExecutionId(body));
      return tasks.map(toTaskId);
    },

    async getTasks({ body, caller, enums }: PyramidCall): Promise<AsyncIterable<TaskViewData>> {
      const { schedule, jobs: tasks } = await schedules.execution(caller, readExecutionId(body));
      return eachOf(tasks, async (task) =>
        toTaskViewData(task, schedule, await resultOf(caller, task), enums),
      );
    },

    /** "Returns the task using its ID": any job that the caller may see is one. */
    async getTaskData({ body, caller, enums }: PyramidCall): Promise<TaskViewData> {
      const task = await requireTask(caller, readId(body, 'taskId'));
      const schedule = await schedules.scheduleOf(task.group);
      return toTaskViewData(task, schedule, await resultOf(caller, task), enums);
    },

    /** "Returns the list of executions for a schedule", the newest first; results are left to getTasks and getTaskData. */
    async getExecutions({ body, caller, enums }: PyramidCall): Promise<AsyncIterable<ExecutionViewData>> {
      const scheduleId = readId(body, 'scheduleId');
      const executions = await schedules.executions(caller, scheduleId);
      const schedule = executions[0] && (await schedules.scheduleOf(executions[0].id));
      return eachOf(executions, async (execution) => {
        const range = { skip: 0, take: LONGEST_LIST };
        const { jobs: tasks } = await jobs.page(caller, { group: execution.id }, 'oldest', range);
        return toExecutionViewData(
          execution,
          tasks.map((task) => toTaskViewData(task, schedule, null, enums)),
        );
      });
    },

    /** Runs a task again, in its execution: as a new task, whose id is in the answer. */
    async reRunTask({ body, caller }: PyramidCall): Promise<ModifiedItemsResult> {
      const { id, program } = await requireTask(caller, readId(body, 'taskId'));
      return modified(toTaskId({ id: await jobs.retry(caller, id), program }));
    },
  };

  async function requireTask(caller: Caller, id: string): Promise<Job> {
    const task = await jobs.find(caller, id);
    if (!task) throw new JobgateError('JOB_NOT_FOUND', `there is no task ${id}`);
    return task;
  }

  /** Only what has completed has one. A task deleted meanwhile has none: the answer may have begun. */
  async function resultOf(caller: Caller, { id, state }: Job): Promise<Json> {
    if (state !== 'completed') return null;
    try {
      return (await jobs.payload(caller, id)).result;
    } catch (error) {
      if (error instanceof JobgateError && error.code === 'JOB_NOT_FOUND') return null;
      throw error;
    }
  }
}

/** One at a time, as they are asked for: results have up to 1 MiB each. */
async function* eachOf<T, U>(items: readonly T[], view: (item: T) => Promise<U>): AsyncGenerator<U> {
  for (const item of items) yield await view(item);
}
