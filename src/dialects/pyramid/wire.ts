import type { Job, Json } from '../../core/job.ts';
import type { Schedule } from '../../core/schedule.ts';
import {
  type EnumStyle,
  type EnumValue,
  SCHEDULE_DATA_TYPE,
  SCHEDULE_STATUS,
  SCHEDULE_TYPE,
  spell,
  TASK_STATUS,
} from './enumerations.ts';
import { SCHEDULE_TYPE_NAMES } from './schedule-types.ts';
import { PYRAMID_SCHEDULE_STATUS, PYRAMID_STATUS } from './status.ts';

// The documents of the generated SDK, member by member. What has no value is null, which the SDKs read as none, and
// never left out. Dates are ISO 8601, UTC, milliseconds.

export interface ItemId {
  readonly id: string;
  readonly name: string;
}

export interface ModifiedItemsResult {
  readonly success: boolean;
  readonly errorMessage: string | null;
  readonly modifiedList: readonly ItemId[];
}

export interface ScheduleViewObject {
  readonly scheduleId: string;
  readonly name: string;
  readonly description: string;
  /** A ScheduleType. */
  readonly type: EnumValue;
  readonly createdDate: string;
  /** A user id, which here is the login name. */
  readonly createdBy: string;
  readonly startDate: string;
  /** No schedule of ours ends by itself. */
  readonly endDate: null;
  readonly scheduleDataType: EnumValue;
  /** A ScheduleStatus. */
  readonly status: EnumValue;
  /** What it runs: a program's name, for both. */
  readonly scheduleItemId: string;
  readonly scheduleItemName: string;
  readonly tenantId: null;
}

export interface TaskSummary {
  readonly message: string | null;
  readonly params: readonly string[];
  readonly error: { readonly msg: string; readonly code: null; readonly params: readonly string[] } | null;
  readonly inheritanceType: 'TaskSummary';
}

/** Of a job that no schedule has started, what is the schedule's is null. */
export interface TaskViewData {
  readonly id: string;
  readonly scheduleId: string | null;
  readonly scheduleName: string | null;
  readonly scheduleItemId: string;
  readonly scheduleType: EnumValue | null;
  /** A TaskStatus. */
  readonly status: EnumValue;
  readonly description: string | null;
  readonly createdBy: string;
  readonly createdDate: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly timeZoneId: string | null;
  /** The worker, for both. */
  readonly executorId: string | null;
  readonly executorDescription: string | null;
  readonly outputId: null;
  readonly outputType: null;
  readonly contentType: null;
  /** The job's result as JSON. */
  readonly result: string | null;
  readonly summary: string | null;
  readonly formattedSummary: string | null;
  readonly taskSummary: TaskSummary;
}

export function toScheduleViewObject(schedule: Schedule, style: EnumStyle): ScheduleViewObject {
  const created = toDate(schedule.created);
  return {
    scheduleId: schedule.id,
    name: schedule.name,
    description: schedule.description,
    type: spell(SCHEDULE_TYPE, SCHEDULE_TYPE_NAMES[schedule.type], style),
    createdDate: created,
    createdBy: schedule.owner,
    startDate: created,
    endDate: null,
    scheduleDataType: spell(SCHEDULE_DATA_TYPE, schedule.cron === null ? 'ON_DEMAND' : 'RECURRING', style),
    status: spell(SCHEDULE_STATUS, PYRAMID_SCHEDULE_STATUS[schedule.state], style),
    scheduleItemId: schedule.program,
    scheduleItemName: schedule.program,
    tenantId: null,
  };
}

/** `result` is null where there is none, and where it was not read. */
export function toTaskViewData(
  job: Job,
  schedule: Schedule | undefined,
  result: Json,
  style: EnumStyle,
): TaskViewData {
  const summary = job.errorMessage ?? job.statusMessage;
  return {
    id: job.id,
    scheduleId: schedule?.id ?? null,
    scheduleName: schedule?.name ?? null,
    scheduleItemId: job.program,
    scheduleType: schedule ? spell(SCHEDULE_TYPE, SCHEDULE_TYPE_NAMES[schedule.type], style) : null,
    status: spell(TASK_STATUS, PYRAMID_STATUS[job.state], style),
    description: schedule?.description ?? null,
    createdBy: job.owner,
    createdDate: toDate(job.created),
    startDate: toDateOrNull(job.started),
    endDate: toDateOrNull(job.completed),
    timeZoneId: schedule?.timeZone ?? null,
    executorId: job.workerId,
    executorDescription: job.workerId,
    outputId: null,
    outputType: null,
    contentType: null,
    result: result === null ? null : JSON.stringify(result),
    summary,
    formattedSummary: summary,
    taskSummary: {
      message: job.statusMessage,
      params: [],
      error: job.errorMessage === null ? null : { msg: job.errorMessage, code: null, params: [] },
      inheritanceType: 'TaskSummary',
    },
  };
}

export function toTaskId(job: Pick<Job, 'id' | 'program'>): ItemId {
  return { id: job.id, name: job.program };
}

export function modified(item: ItemId): ModifiedItemsResult {
  return { success: true, errorMessage: null, modifiedList: [item] };
}

export function toDate(ms: number): string {
  return new Date(ms).toISOString();
}

export function toDateOrNull(ms: number | null): string | null {
  return ms === null ? null : toDate(ms);
}
