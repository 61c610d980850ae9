import { randomUUID } from 'node:crypto';
import type { Caller } from './caller.ts';
import type { ProgramCatalogue } from './program.ts';
import type { Execution, Schedule, SchedulePayload } from './schedule.ts';
import type { NewExecution } from './schedule-store.ts';
import { newJob, type UnknownProgram } from './submission.ts';

/** A run of a schedule in `caller`'s name, its job in the group that the execution is. Throws as newJob does. */
export function newExecution(
  caller: Caller,
  { id: scheduleId, program }: Pick<Schedule, 'id' | 'program'>,
  payload: SchedulePayload,
  trigger: Execution['trigger'],
  programs: ProgramCatalogue,
  now: number,
  unknownProgram?: UnknownProgram,
): NewExecution {
  const id = randomUUID();
  const submission = { group: id, program, targets: [], ...payload };
  return {
    execution: { id, scheduleId, owner: caller.username, trigger, created: now },
    job: newJob(caller, submission, programs, now, unknownProgram),
  };
}
