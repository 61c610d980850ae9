import { ask, type Face, type JobNames, timeOf } from './face.ts';

interface Task {
  readonly id: string;
  readonly scheduleName: string | null;
  readonly scheduleItemId: string;
  readonly status: number | string;
  readonly createdBy: string;
  readonly createdDate: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly taskSummary: { readonly error: { readonly msg: string } | null };
}

/** Pyramid: a schedule is run; the task is read by its own id and, with the names of statuses, by its execution's. */
export interface PyramidFace extends Face {
  /** The status of the execution that the job's group is, as `number name`. */
  executionStatus(job: JobNames): Promise<string>;
}

export const SCHEDULE = 'My Demo Schedule';

export function pyramidFace(origin: string, token: string): PyramidFace {
  const call = async (method: string, body: unknown) =>
    JSON.parse(
      await ask(`${origin}/API3/tasks/${method}`, {
        method: 'POST',
        headers: { paToken: token },
        body: JSON.stringify(body),
      }),
    );

  return {
    async submit() {
      const [{ scheduleId }] = await call('findSchedule', { searchCriteria: { searchValue: SCHEDULE } });
      return { group: await call('runSchedule', { scheduleId }) };
    },

    async read({ id, group }) {
      const task: Task = await call('getTaskData', id);
      const named: readonly Task[] = await call('getTasks?enums=names', group);
      const same = named.find((candidate) => candidate.id === id);
      return {
        status: `${task.status} ${same?.status}`,
        facts: {
          id: task.id,
          owner: task.createdBy,
          program: task.scheduleItemId,
          schedule: task.scheduleName,
          error: task.taskSummary.error?.msg ?? null,
          created: Date.parse(task.createdDate),
          started: timeOf(task.startDate),
          completed: timeOf(task.endDate),
        },
      };
    },

    async executionStatus({ group }) {
      const { status: number } = await call('getScheduleExecutionStatus', group);
      const { status: name } = await call('getScheduleExecutionStatus?enums=names', group);
      return `${number} ${name}`;
    },
  };
}
