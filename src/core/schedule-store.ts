import type { NewJob } from './job.ts';
import type { JobRange } from './job-store.ts';
import type { Execution, ExecutionSummary, Schedule, SchedulePayload, ScheduleType } from './schedule.ts';

/** How a name is compared with `value`, upper and lower case alike; an empty value is in every name. */
export interface ScheduleSearch {
  readonly value: string;
  readonly match: 'contains' | 'not-contains' | 'equals' | 'starts-with' | 'ends-with';
  /** Absent = of every type. */
  readonly type?: ScheduleType;
}

/** An execution and the job that it begins with: stored together or not at all. */
export interface NewExecution {
  readonly execution: Execution;
  readonly job: NewJob;
}

/** A schedule that runs by the clock, and when it does. */
export interface TimedSchedule extends Schedule {
  readonly cron: string;
  readonly nextRun: number;
}

/** A schedule of the catalogue. Its next run counts where it is new, or its times have changed. */
export interface CatalogueSchedule {
  readonly schedule: Omit<Schedule, 'state' | 'removed' | 'lastRun'>;
  readonly payload: SchedulePayload;
}

/** The port to schedules and their executions. Every change is one guarded statement or one transaction. */
export interface ScheduleStore {
  insert(schedule: Schedule, payload: SchedulePayload): Promise<void>;
  /** Also one that was removed. */
  find(id: string): Promise<Schedule | undefined>;
  findPayload(id: string): Promise<SchedulePayload | undefined>;
  /** In order of insertion; removed ones are left out. */
  search(search: ScheduleSearch, range: JobRange): Promise<Schedule[]>;
  listByOwner(owner: string, range: JobRange): Promise<Schedule[]>;
  /** active -> held, without a next run. False when there is no such schedule, or it was removed. */
  hold(id: string): Promise<boolean>;
  /** held -> active. False likewise. */
  release(id: string, nextRun: number | null): Promise<boolean>;
  /** False likewise. */
  remove(id: string): Promise<boolean>;
  /** Stores a run by hand. False, and nothing stored, when the schedule was removed, or is held and `respectHold`. */
  insertExecution(run: NewExecution, respectHold: boolean): Promise<boolean>;
  /** Active ones whose next run is at or before `until` (ms UTC), the earliest first. */
  findDue(until: number, limit: number): Promise<TimedSchedule[]>;
  /**
   * Moves a due schedule to its next run and stores the execution, if there is one, in one transaction. Of any number of
   * callers one gets true, and only while the schedule is active and due at `due.nextRun`.
   */
  fire(
    due: Pick<TimedSchedule, 'id' | 'nextRun'>,
    nextRun: number | null,
    run: NewExecution | null,
  ): Promise<boolean>;
  findExecution(id: string): Promise<{ execution: Execution; schedule: Schedule } | undefined>;
  /** The newest first; of the owner's alone where one is given, and of their jobs likewise. */
  listExecutions(scheduleId: string, owner: string | undefined, range: JobRange): Promise<ExecutionSummary[]>;
  /**
   * Makes the store's catalogue schedules these. A hold stays, and so does a removal by a client; one that is no longer
   * among them is removed, and back when it is again.
   */
  syncCatalogue(schedules: readonly CatalogueSchedule[]): Promise<void>;
}
