import { randomUUID } from 'node:crypto';
import { type Caller, maySee } from './caller.ts';
import type { Clock } from './clock.ts';
import type { CronTimes } from './cron-times.ts';
import { JobgateError } from './error.ts';
import { checkText, checkUsername, TEXT_LIMITS } from './identifiers.ts';
import type { JobDetail } from './job.ts';
import type { JobRange, JobStore } from './job-store.ts';
import type { WorkSignal } from './jobs.ts';
import { newExecution } from './new-execution.ts';
import type { ProgramCatalogue } from './program.ts';
import type { Execution, ExecutionSummary, Schedule } from './schedule.ts';
import { checkScheduleRequest, type ScheduleRequest } from './schedule-request.ts';
import type { ScheduleSearch, ScheduleStore } from './schedule-store.ts';

/** Most entries of one list: a longer one is read in several. */
export const LONGEST_LIST = 1_000;

/**
 * An execution with its schedule, also one that was removed, and its jobs, the oldest first, at most 1,000. A job group
 * that no schedule has begun is one too, and has only jobs.
 */
export interface ExecutionDetail {
  readonly execution?: Execution;
  readonly schedule?: Schedule;
  readonly jobs: readonly JobDetail[];
}

/**
 * What callers may do with schedules. All of them are there for every signed-in user; their executions are for who ran
 * them, and for administrators. A job of an execution is run again by `Jobs.retry`, which keeps its group.
 */
export class Schedules {
  readonly #store: ScheduleStore;
  readonly #jobs: JobStore;
  readonly #programs: ProgramCatalogue;
  readonly #cron: CronTimes;
  readonly #clock: Clock;
  readonly #signal: WorkSignal;

  constructor(parts: {
    schedules: ScheduleStore;
    jobs: JobStore;
    programs: ProgramCatalogue;
    cron: CronTimes;
    clock: Clock;
    signal: WorkSignal;
  }) {
    this.#store = parts.schedules;
    this.#jobs = parts.jobs;
    this.#programs = parts.programs;
    this.#cron = parts.cron;
    this.#clock = parts.clock;
    this.#signal = parts.signal;
  }

  /** In order of creation, at most LONGEST_LIST. Throws INVALID_PAGINATION, INVALID_ARGUMENT. */
  async find(search: ScheduleSearch, range: JobRange = WHOLE): Promise<Schedule[]> {
    checkText('the search value', search.value, TEXT_LIMITS.schedule);
    return this.#store.search(search, checkRange(range));
  }

  /** The schedules that a user has made, likewise. */
  async listOf(username: string, range: JobRange = WHOLE): Promise<Schedule[]> {
    return this.#store.listByOwner(checkUsername(username), checkRange(range));
  }

  /** Throws SCHEDULE_NOT_FOUND, as for one that was removed. */
  async get(id: string): Promise<Schedule> {
    const schedule = await this.#store.find(id);
    if (!schedule || schedule.removed) throw noSuchSchedule(id);
    return schedule;
  }

  /** Returns the new schedule's id. Throws INVALID_ARGUMENT, PROGRAM_NOT_FOUND. */
  async create(caller: Caller, request: ScheduleRequest): Promise<string> {
    const now = this.#clock();
    const {
      arguments: values,
      parameters,
      ...checked
    } = checkScheduleRequest(caller, request, this.#programs, now);
    this.#cron.check(checked.cron, checked.timeZone);
    const id = randomUUID();
    await this.#store.insert(
      {
        ...checked,
        id,
        owner: caller.username,
        state: 'active',
        removed: false,
        nextRun: this.#nextRun(checked),
        lastRun: null,
        created: now,
      },
      { arguments: values, parameters },
    );
    return id;
  }

  /**
   * Runs a schedule now, in the caller's name, and returns the execution's id. Throws SCHEDULE_NOT_FOUND,
   * PROGRAM_NOT_FOUND; SCHEDULE_ON_HOLD where the schedule is held and `respectHold`.
   */
  async run(caller: Caller, id: string, { respectHold }: { respectHold: boolean }): Promise<string> {
    const schedule = await this.get(id);
    const payload = await this.#store.findPayload(id);
    if (!payload) throw noSuchSchedule(id);
    const run = newExecution(caller, schedule, payload, 'demand', this.#programs, this.#clock());
    if (!(await this.#store.insertExecution(run, respectHold))) {
      await this.get(id);
      throw new JobgateError('SCHEDULE_ON_HOLD', `the schedule ${id} is on hold`);
    }
    this.#signal.queued();
    return run.execution.id;
  }

  /** No more runs by the clock until it is resumed. Returns the schedule as it now is. Throws SCHEDULE_NOT_FOUND. */
  async suspend(id: string): Promise<Schedule> {
    if (!(await this.#store.hold(id))) throw noSuchSchedule(id);
    return this.get(id);
  }

  /** What was due meanwhile is not run. Throws PERMISSION_DENIED unless the caller is an administrator, SCHEDULE_NOT_FOUND. */
  async resume(caller: Caller, id: string): Promise<Schedule> {
    if (caller.role !== 'admin') {
      throw new JobgateError('PERMISSION_DENIED', 'only an administrator may resume a schedule');
    }
    const schedule = await this.get(id);
    if (!(await this.#store.release(id, this.#nextRun(schedule)))) throw noSuchSchedule(id);
    return this.get(id);
  }

  /** Its executions stay. Returns the schedule as it was. Throws SCHEDULE_NOT_FOUND. */
  async remove(id: string): Promise<Schedule> {
    const schedule = await this.get(id);
    if (!(await this.#store.remove(id))) throw noSuchSchedule(id);
    return schedule;
  }

  /** The newest first, of those that the caller may see; also of a schedule that was removed. Throws SCHEDULE_NOT_FOUND. */
  async executions(caller: Caller, scheduleId: string, range: JobRange = WHOLE): Promise<ExecutionSummary[]> {
    if (!(await this.#store.find(scheduleId))) throw noSuchSchedule(scheduleId);
    return this.#store.listExecutions(scheduleId, ownerOf(caller), checkRange(range));
  }

  /** Of the jobs those that the caller may see. Throws EXECUTION_NOT_FOUND, also for an execution or group of others alone. */
  async execution(caller: Caller, id: string): Promise<ExecutionDetail> {
    const found = await this.#store.findExecution(id);
    const owner = ownerOf(caller);
    const filter = { group: id, ...(owner === undefined ? {} : { owner }) };
    const { jobs } = await this.#jobs.page(filter, 'oldest', WHOLE);
    const isTheirs = found !== undefined && maySee(caller, found.execution.owner);
    if (!isTheirs && jobs.length === 0) {
      throw new JobgateError('EXECUTION_NOT_FOUND', `there is no execution ${id}`);
    }
    return { ...found, jobs };
  }

  /** The schedule, also one that was removed, of the execution that a job group is; undefined where it is none. */
  async scheduleOf(jobGroup: string): Promise<Schedule | undefined> {
    return (await this.#store.findExecution(jobGroup))?.schedule;
  }

  #nextRun({ cron, timeZone }: Pick<Schedule, 'cron' | 'timeZone'>): number | null {
    return cron === null ? null : this.#cron.next(cron, timeZone, this.#clock());
  }
}

const WHOLE: JobRange = { skip: 0, take: LONGEST_LIST };

function checkRange({ skip, take }: JobRange): JobRange {
  if (skip < 0 || take < 0) throw new JobgateError('INVALID_PAGINATION', 'skip and take must be 0 or more');
  return { skip, take: Math.min(take, LONGEST_LIST) };
}

/** Whose executions and jobs the caller may see; undefined = everybody's. */
function ownerOf({ username, role }: Caller): string | undefined {
  return role === 'admin' ? undefined : username;
}

function noSuchSchedule(id: string): JobgateError {
  return new JobgateError('SCHEDULE_NOT_FOUND', `there is no schedule ${id}`);
}
