import type { Config } from '../config.ts';
import type { Schedule } from '../core/schedule.ts';
import { LONGEST_LIST } from '../core/schedules.ts';
import type { Store } from '../storage/open-store.ts';
import { isoTime } from './job-document.ts';
import type { Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';
import { withStore } from './with-store.ts';

const HEADING = ['NAME', 'TYPE', 'CRON', 'TIME ZONE', 'STATE', 'NEXT RUN'];

/** A schedule a line, in order of creation; as JSON an array of their fields, times in ISO 8601 (UTC). */
export async function listSchedules(
  config: Config,
  { json }: { json: boolean },
  terminal: Terminal,
): Promise<void> {
  const schedules = await withStore(config, allOf);
  if (json) terminal.print(JSON.stringify(schedules.map(scheduleDocument)));
  else for (const line of textTable(HEADING, schedules.map(cellsOf))) terminal.print(line);
}

async function allOf(store: Store): Promise<Schedule[]> {
  const all: Schedule[] = [];
  for (;;) {
    const range = { skip: all.length, take: LONGEST_LIST };
    const some = await store.schedules.search({ match: 'contains', value: '' }, range);
    all.push(...some);
    if (some.length < LONGEST_LIST) return all;
  }
}

function scheduleDocument({ removed: _, ...schedule }: Schedule): object {
  return {
    ...schedule,
    nextRun: isoTime(schedule.nextRun),
    lastRun: isoTime(schedule.lastRun),
    created: isoTime(schedule.created),
  };
}

function cellsOf({ name, type, cron, timeZone, state, nextRun }: Schedule): string[] {
  return [name, type, cron ?? 'on demand', cron === null ? '' : timeZone, state, isoTime(nextRun) ?? ''];
}
