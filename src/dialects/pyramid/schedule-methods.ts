import { checkJobId, checkText } from '../../core/identifiers.ts';
import type { Schedule } from '../../core/schedule.ts';
import type { Schedules } from '../../core/schedules.ts';
import type { PyramidCall } from './call.ts';
import { SCHEDULE_TYPE, SEARCH_MATCH_TYPE } from './enumerations.ts';
import {
  optionalArray,
  optionalBoolean,
  optionalEnum,
  optionalText,
  readBareText,
  readId,
  readObject,
  refuseOthers,
  requiredObject,
  requiredText,
} from './reading.ts';
import { SEARCH_MATCHES, toScheduleType } from './schedule-types.ts';
import { type ModifiedItemsResult, modified, type ScheduleViewObject, toScheduleViewObject } from './wire.ts';

/** Most characters of a searchValue: no schedule has a longer name. */
const LONGEST_SEARCH = 255;

const NEW_SCHEDULE = [
  'name',
  'description',
  'scheduleType',
  'cronExpression',
  'timeZoneId',
  'program',
  'arguments',
] as const;

export function scheduleMethods(schedules: Schedules) {
  return {
    /** "Returns a schedule based on the search criteria": all whose names match, of every type where none is said. */
    async findSchedule({ body, enums }: PyramidCall): Promise<ScheduleViewObject[]> {
      const request = readObject(body);
      const criteria = requiredObject(request, 'searchCriteria');
      const type = optionalEnum(request, 'scheduleType', SCHEDULE_TYPE);
      const found = await schedules.find({
        value: checkText('searchValue', requiredText(criteria, 'searchValue'), LONGEST_SEARCH),
        match: SEARCH_MATCHES[optionalEnum(criteria, 'searchMatchType', SEARCH_MATCH_TYPE) ?? 'Equals'],
        ...(type ? { type: toScheduleType(type) } : {}),
      });
      return found.map((schedule) => toScheduleViewObject(schedule, enums));
    },

    /** "Returns the list of schedules for a user": the one who made them. A user id is the login name. */
    async getSchedulesForUser({ body, enums }: PyramidCall): Promise<ScheduleViewObject[]> {
      const found = await schedules.listOf(readBareText(body, 'userId'));
      return found.map((schedule) => toScheduleViewObject(schedule, enums));
    },

    /** "Returns the executionId for the created execution." With checkTriggers a schedule on hold is not run (409). */
    async runSchedule({ body, caller }: PyramidCall): Promise<string> {
      const request = readObject(body);
      const id = checkJobId('scheduleId', requiredText(request, 'scheduleId'));
      const respectHold = optionalBoolean(request, 'checkTriggers');
      return schedules.run(caller, id, { respectHold });
    },

    async suspendSchedule({ body }: PyramidCall): Promise<ModifiedItemsResult> {
      return change(await schedules.suspend(readId(body, 'scheduleId')));
    },

    /** For administrators. */
    async resumeSchedule({ body, caller }: PyramidCall): Promise<ModifiedItemsResult> {
      return change(await schedules.resume(caller, readId(body, 'scheduleId')));
    },

    /** "The schedule will not be permanently deleted": its executions can still be asked for. */
    async deleteSchedule({ body }: PyramidCall): Promise<ModifiedItemsResult> {
      return change(await schedules.remove(readId(body, 'scheduleId')));
    },

    /** Our addition: API3 has no way to make a schedule. Returns its id. */
    async createSchedule({ body, caller }: PyramidCall): Promise<string> {
      const request = readObject(body);
      refuseOthers(request, NEW_SCHEDULE);
      return schedules.create(caller, {
        name: requiredText(request, 'name'),
        description: optionalText(request, 'description') ?? '',
        type: toScheduleType(optionalEnum(request, 'scheduleType', SCHEDULE_TYPE) ?? 'ETL'),
        cron: optionalText(request, 'cronExpression') ?? null,
        timeZone: optionalText(request, 'timeZoneId') ?? 'UTC',
        program: requiredText(request, 'program'),
        arguments: optionalArray(request, 'arguments'),
      });
    },
  };
}

function change({ id, name }: Schedule): ModifiedItemsResult {
  return modified({ id, name });
}
