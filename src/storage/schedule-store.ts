import type { JobRange } from '../core/job-store.ts';
import type { Execution, ExecutionSummary, Schedule, SchedulePayload } from '../core/schedule.ts';
import type {
  CatalogueSchedule,
  NewExecution,
  ScheduleSearch,
  ScheduleStore,
  TimedSchedule,
} from '../core/schedule-store.ts';
import { isAsciiId } from './ascii-id.ts';
import type { Database } from './database.ts';
import { insertJob } from './insert-job.ts';
import { listExecutions } from './list-executions.ts';
import {
  type ExecutionRow,
  SCHEDULE_COLUMNS,
  type ScheduleRow,
  searchName,
  toExecution,
  toSchedule,
} from './schedule-row.ts';
import type { Binding, Sql } from './sql.ts';
import { syncSchedules } from './sync-schedules.ts';

const COLUMNS = SCHEDULE_COLUMNS.join(', ');

export class SqlScheduleStore implements ScheduleStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async insert(schedule: Schedule, payload: SchedulePayload): Promise<void> {
    await this.#database.change(
      `INSERT INTO schedules (id, name, search_name, description, type, owner, program, arguments, parameters, cron, time_zone,
         state, next_run, last_run, created)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        schedule.id,
        schedule.name,
        searchName(schedule.name),
        schedule.description,
        schedule.type,
        schedule.owner,
        schedule.program,
        JSON.stringify(payload.arguments),
        JSON.stringify(payload.parameters),
        schedule.cron,
        schedule.timeZone,
        schedule.state,
        schedule.nextRun,
        schedule.lastRun,
        schedule.created,
      ],
    );
  }

  async find(id: string): Promise<Schedule | undefined> {
    if (!isAsciiId(id)) return undefined;
    const [row] = await this.#rows('id = ?', [id]);
    return row && toSchedule(row);
  }

  async findPayload(id: string): Promise<SchedulePayload | undefined> {
    if (!isAsciiId(id)) return undefined;
    const [row] = await this.#database.rows<{ arguments: string; parameters: string }>(
      'SELECT arguments, parameters FROM schedules WHERE id = ?',
      [id],
    );
    return row && { arguments: JSON.parse(row.arguments), parameters: JSON.parse(row.parameters) };
  }

  async search({ value, match, type }: ScheduleSearch, { skip, take }: JobRange): Promise<Schedule[]> {
    const not = match === 'not-contains' ? 'NOT ' : '';
    const rows = await this.#rows(
      `removed_by IS NULL AND search_name ${not}LIKE ? ESCAPE '!'${type === undefined ? '' : ' AND type = ?'}
       ORDER BY seq LIMIT ? OFFSET ?`,
      [patternOf(value, match), ...(type === undefined ? [] : [type]), take, skip],
    );
    return rows.map(toSchedule);
  }

  async listByOwner(owner: string, { skip, take }: JobRange): Promise<Schedule[]> {
    const rows = await this.#rows('owner = ? AND removed_by IS NULL ORDER BY seq LIMIT ? OFFSET ?', [
      owner,
      take,
      skip,
    ]);
    return rows.map(toSchedule);
  }

  hold(id: string): Promise<boolean> {
    return this.#update("state = 'held', next_run = NULL", [], id);
  }

  release(id: string, nextRun: number | null): Promise<boolean> {
    // One that is active already keeps its next run, which may be due this moment.
    return this.#update(
      "next_run = CASE state WHEN 'held' THEN ? ELSE next_run END, state = 'active'",
      [nextRun],
      id,
    );
  }

  remove(id: string): Promise<boolean> {
    return this.#update("removed_by = 'client', next_run = NULL", [], id);
  }

  insertExecution(run: NewExecution, respectHold: boolean): Promise<boolean> {
    const { scheduleId, created } = run.execution;
    return this.#database.transaction(async (sql) => {
      const schedule = await sql.change(
        `UPDATE schedules SET last_run = ? WHERE id = ? AND removed_by IS NULL${respectHold ? " AND state = 'active'" : ''}`,
        [created, scheduleId],
      );
      if (schedule.count === 0) return false;
      await insertExecution(sql, run);
      return true;
    });
  }

  async findDue(until: number, limit: number): Promise<TimedSchedule[]> {
    const rows = await this.#rows('next_run <= ? ORDER BY next_run LIMIT ?', [until, limit]);
    return rows.map((row) => toSchedule(row) as TimedSchedule);
  }

  fire(
    due: Pick<TimedSchedule, 'id' | 'nextRun'>,
    nextRun: number | null,
    run: NewExecution | null,
  ): Promise<boolean> {
    return this.#database.transaction(async (sql) => {
      const schedule = await sql.change(
        `UPDATE schedules SET next_run = ?, last_run = COALESCE(?, last_run)
         WHERE id = ? AND next_run = ? AND state = 'active' AND removed_by IS NULL`,
        [nextRun, run?.execution.created ?? null, due.id, due.nextRun],
      );
      if (schedule.count === 0) return false;
      if (run) await insertExecution(sql, run);
      return true;
    });
  }

  async findExecution(id: string): Promise<{ execution: Execution; schedule: Schedule } | undefined> {
    if (!isAsciiId(id)) return undefined;
    const [row] = await this.#database.rows<ExecutionRow>(
      'SELECT seq, id, schedule_id, owner, cause, created FROM executions WHERE id = ?',
      [id],
    );
    // Schedules are never deleted, so there is one.
    const schedule = row && (await this.find(row.schedule_id));
    return schedule && { execution: toExecution(row), schedule };
  }

  listExecutions(
    scheduleId: string,
    owner: string | undefined,
    range: JobRange,
  ): Promise<ExecutionSummary[]> {
    return listExecutions(this.#database, scheduleId, owner, range);
  }

  syncCatalogue(schedules: readonly CatalogueSchedule[]): Promise<void> {
    return syncSchedules(this.#database, schedules);
  }

  #rows(condition: string, values: readonly Binding[]): Promise<ScheduleRow[]> {
    return this.#database.rows<ScheduleRow>(`SELECT ${COLUMNS} FROM schedules WHERE ${condition}`, values);
  }

  async #update(assignments: string, values: readonly Binding[], id: string): Promise<boolean> {
    if (!isAsciiId(id)) return false;
    const text = `UPDATE schedules SET ${assignments} WHERE id = ? AND removed_by IS NULL`;
    return (await this.#database.change(text, [...values, id])).count > 0;
  }
}

async function insertExecution(sql: Sql, { execution, job }: NewExecution): Promise<void> {
  const { id, scheduleId, owner, trigger, created } = execution;
  await sql.change('INSERT INTO executions (id, schedule_id, owner, cause, created) VALUES (?, ?, ?, ?, ?)', [
    id,
    scheduleId,
    owner,
    trigger,
    created,
  ]);
  await insertJob(sql, job);
}

function patternOf(value: string, match: ScheduleSearch['match']): string {
  const text = searchName(value).replaceAll(/[!%_]/g, '!$&');
  const patterns = {
    contains: `%${text}%`,
    'not-contains': `%${text}%`,
    equals: text,
    'starts-with': `${text}%`,
    'ends-with': `%${text}`,
  } as const satisfies Record<ScheduleSearch['match'], string>;
  return patterns[match];
}
