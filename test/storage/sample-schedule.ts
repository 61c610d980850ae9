import { randomUUID } from 'node:crypto';
import type { Schedule, SchedulePayload } from '../../src/core/schedule.ts';
import type { NewExecution } from '../../src/core/schedule-store.ts';
import { NOW, sampleJob } from './sample-job.ts';

export const NO_PAYLOAD: SchedulePayload = { arguments: [], parameters: [] };

/** One that is due at NOW unless told otherwise. */
export function sampleSchedule(more: Partial<Schedule> = {}): Schedule & { readonly nextRun: number | null } {
  return {
    id: randomUUID(),
    name: 'nightly',
    description: '',
    type: 'etl',
    owner: 'alice',
    program: 'walk',
    cron: '0 2 * * *',
    timeZone: 'UTC',
    state: 'active',
    removed: false,
    nextRun: NOW,
    lastRun: null,
    created: NOW,
    ...more,
  };
}

/** A run of a schedule, with one job. */
export function sampleRun(scheduleId: string, owner = 'alice'): NewExecution {
  const id = randomUUID();
  return {
    execution: { id, scheduleId, owner, trigger: 'cron', created: NOW },
    job: sampleJob({ group: id, owner }),
  };
}
