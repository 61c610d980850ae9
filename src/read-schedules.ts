import type { ScheduleEntry } from './catalogue-file.ts';
import { FIRST_ADMINISTRATOR } from './core/accounts.ts';
import { JobgateError } from './core/error.ts';
import type { ProgramCatalogue } from './core/program.ts';
import { checkScheduleRequest, type ScheduleRequest } from './core/schedule-request.ts';
import { CRONER_TIMES } from './scheduler/croner-times.ts';

/** The catalogue's schedules; problems name the schedule. */
export function readSchedules(
  entries: Readonly<Record<string, ScheduleEntry>>,
  programs: ProgramCatalogue,
  problem: (name: string, text: string) => void,
): ScheduleRequest[] {
  const administrator = { username: FIRST_ADMINISTRATOR, role: 'admin' } as const;
  return Object.entries(entries).map(([name, entry]) => {
    const request = { name, description: '', arguments: [], cron: null, timeZone: 'UTC', ...entry };
    for (const check of [
      () => checkScheduleRequest(administrator, request, programs, 0),
      () => CRONER_TIMES.check(request.cron, request.timeZone),
    ]) {
      try {
        check();
      } catch (error) {
        if (!(error instanceof JobgateError)) throw error;
        problem(name, error.message);
      }
    }
    return request;
  });
}
