import { createHash } from 'node:crypto';
import { FIRST_ADMINISTRATOR } from './accounts.ts';
import type { CronTimes } from './cron-times.ts';
import type { ScheduleRequest } from './schedule-request.ts';
import type { CatalogueSchedule } from './schedule-store.ts';

/** The catalogue's schedules as the store keeps them: they are the first administrator's. */
export function catalogueSchedules(
  requests: readonly ScheduleRequest[],
  cron: CronTimes,
  now: number,
): CatalogueSchedule[] {
  return requests.map(({ arguments: values, parameters = [], ...schedule }) => ({
    schedule: {
      ...schedule,
      id: catalogueScheduleId(schedule.name),
      owner: FIRST_ADMINISTRATOR,
      nextRun: schedule.cron === null ? null : cron.next(schedule.cron, schedule.timeZone, now),
      created: now,
    },
    payload: { arguments: values, parameters },
  }));
}

/** The same on every node and at every start: a GUID made of the name (RFC 9562, version 8). */
export function catalogueScheduleId(name: string): string {
  const hash = createHash('sha256').update(`jobgate schedule ${name}`).digest('hex');
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
