import type { Clock } from '../core/clock.ts';
import type { CronTimes } from '../core/cron-times.ts';
import { newExecution } from '../core/new-execution.ts';
import type { ProgramCatalogue } from '../core/program.ts';
import type { NewExecution, ScheduleStore, TimedSchedule } from '../core/schedule-store.ts';
import type { SchedulerLog } from './scheduler-log.ts';

/** What becomes of a run that no node was there for: one run on return, however many were missed, or none. */
export type MissedRuns = 'once' | 'skip';

export interface DueRunsOptions {
  readonly schedules: Pick<ScheduleStore, 'findDue' | 'findPayload' | 'fire'>;
  readonly programs: ProgramCatalogue;
  readonly cron: CronTimes;
  readonly clock: Clock;
  readonly missed: MissedRuns;
  readonly log: SchedulerLog;
}

/** A run found due so late was missed: no node was up, or none had the store. */
const MISSED_AFTER_MS = 30_000;
/** Schedules of one look. */
const BATCH = 100;

/** What a look came to. */
export interface Look {
  /** Runs that this node started. */
  readonly started: number;
  /** When to look again, ms UTC, at most the time asked for. */
  readonly next: number;
}

/** Starts the runs whose time has come. Any number of nodes may do so at once: each run is started by one of them. */
export class DueRuns {
  readonly #options: DueRunsOptions;

  constructor(options: DueRunsOptions) {
    this.#options = options;
  }

  /** Starts what is due, and says when the next run is, if that is before `horizon`. */
  async start(horizon: number): Promise<Look> {
    const { schedules, clock } = this.#options;
    const timed = await schedules.findDue(horizon, BATCH);
    let started = 0;
    for (const schedule of timed) {
      if (schedule.nextRun > clock()) return { started, next: schedule.nextRun };
      if (await this.#fire(schedule)) started += 1;
    }
    return { started, next: timed.length === BATCH ? clock() : horizon };
  }

  async #fire(due: TimedSchedule): Promise<boolean> {
    const { schedules, clock, missed, log } = this.#options;
    const now = clock();
    const lateMs = now - due.nextRun;
    const wasMissed = lateMs > MISSED_AFTER_MS;
    const run = wasMissed && missed === 'skip' ? null : await this.#execution(due, now);
    // After now, not after the run that is due: of several missed ones only one is made up for.
    const fired = await schedules.fire(due, this.#nextRun(due, now), run);
    if (fired && wasMissed) {
      log.warn(
        { schedule: due.id, lateMs, made: run !== null },
        'a run was missed: no node was there for it',
      );
    }
    return fired && run !== null;
  }

  /** A program that has left the catalogue makes a job that fails: people look there, not in the log. */
  async #execution(due: TimedSchedule, now: number): Promise<NewExecution | null> {
    const { schedules, programs } = this.#options;
    const payload = await schedules.findPayload(due.id);
    const owner = { username: due.owner, role: 'user' } as const;
    return payload ? newExecution(owner, due, payload, 'cron', programs, now, 'fails') : null;
  }

  /** Null where the calendar fails (a time zone that a newer system no longer knows): the other schedules must go on. */
  #nextRun({ id, cron, timeZone }: TimedSchedule, now: number): number | null {
    try {
      return this.#options.cron.next(cron, timeZone, now);
    } catch (error) {
      this.#options.log.error({ err: error, schedule: id }, 'a schedule has no next run any more');
      return null;
    }
  }
}
