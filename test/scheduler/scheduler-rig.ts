import { CRONER_TIMES } from '../../src/scheduler/croner-times.ts';
import type { DueRunsOptions } from '../../src/scheduler/due-runs.ts';
import type { SchedulerLog } from '../../src/scheduler/scheduler-log.ts';
import { moduleProgram } from '../support/module-program.ts';

/** Keeps what was said, the level first. */
export function keptLog(): SchedulerLog & { readonly lines: [string, string][] } {
  const lines: [string, string][] = [];
  const keep =
    (level: string): SchedulerLog['info'] =>
    (_details: unknown, text?: string) =>
      void lines.push([level, text ?? '']);
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

export function dueRunsOptions(
  { schedules }: Pick<DueRunsOptions, 'schedules'>,
  more: Partial<DueRunsOptions> = {},
): DueRunsOptions {
  return {
    schedules,
    programs: new Map([['walk', { ...moduleProgram('walk', '/walk.js'), type: 'import' }]]),
    cron: CRONER_TIMES,
    clock: Date.now,
    missed: 'once',
    log: keptLog(),
    ...more,
  };
}
