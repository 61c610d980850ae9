import type { Execution, Schedule, ScheduleState, ScheduleType } from '../core/schedule.ts';

/** The columns of a listing: no payload. */
export const SCHEDULE_COLUMNS = [
  'id',
  'name',
  'description',
  'type',
  'owner',
  'program',
  'cron',
  'time_zone',
  'state',
  'removed_by',
  'next_run',
  'last_run',
  'created',
] as const;

export interface ScheduleRow {
  id: string;
  name: string;
  description: string;
  type: ScheduleType;
  owner: string;
  program: string;
  cron: string | null;
  time_zone: string;
  state: ScheduleState;
  removed_by: string | null;
  next_run: number | null;
  last_run: number | null;
  created: number;
}

export function toSchedule(row: ScheduleRow): Schedule {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    type: row.type,
    owner: row.owner,
    program: row.program,
    cron: row.cron,
    timeZone: row.time_zone,
    state: row.state,
    removed: row.removed_by !== null,
    nextRun: row.next_run,
    lastRun: row.last_run,
    created: row.created,
  };
}

export interface ExecutionRow {
  seq: number;
  id: string;
  schedule_id: string;
  owner: string;
  cause: Execution['trigger'];
  created: number;
}

export function toExecution(row: ExecutionRow): Execution {
  return {
    id: row.id,
    scheduleId: row.schedule_id,
    owner: row.owner,
    trigger: row.cause,
    created: row.created,
  };
}

/** Names are compared in upper case: SQLite's own functions know ASCII's alone. */
export function searchName(name: string): string {
  return name.toUpperCase();
}
