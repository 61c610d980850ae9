import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JOB_STATES, type JobState } from '../../../src/core/job-state.ts';
import type { Schedule } from '../../../src/core/schedule.ts';
import {
  ENUM_STYLES,
  nameOf,
  SCHEDULE_DATA_TYPE,
  SCHEDULE_STATUS,
  SCHEDULE_TYPE,
} from '../../../src/dialects/pyramid/enumerations.ts';
import { type ExecutionViewData, toExecutionViewData } from '../../../src/dialects/pyramid/execution-view.ts';
import { toJson } from '../../../src/dialects/pyramid/json-answer.ts';
import { SCHEDULE_TYPE_NAMES } from '../../../src/dialects/pyramid/schedule-types.ts';
import { PYRAMID_SCHEDULE_STATUS, PYRAMID_STATUS } from '../../../src/dialects/pyramid/status.ts';
import {
  type ScheduleViewObject,
  toScheduleViewObject,
  toTaskViewData,
} from '../../../src/dialects/pyramid/wire.ts';
import { SCHEDULE, TASK } from './sample-task.ts';

const RUNS = { seed: 1, numRuns: 300 };
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const time = fc.integer({ min: 0, max: 4e12 });
const task = fc.record({ id: text, state: fc.constantFrom(...JOB_STATES) });

describe('what is answered is read as it was meant', () => {
  test.each(ENUM_STYLES)('a list of schedules, its enumerations as %s', (style) => {
    const schedule = fc.record({
      ...{ id: text, name: text, description: text, owner: text, program: text, created: time },
      cron: fc.option(text),
      type: fc.constantFrom(...(Object.keys(SCHEDULE_TYPE_NAMES) as Schedule['type'][])),
      state: fc.constantFrom(...(Object.keys(PYRAMID_SCHEDULE_STATUS) as Schedule['state'][])),
    });
    fc.assert(
      fc.property(fc.array(schedule, { maxLength: 4 }), (list) => {
        const written = toJson(list.map((each) => toScheduleViewObject({ ...SCHEDULE, ...each }, style)));
        const read = JSON.parse(written as string).map((each: ScheduleViewObject) => ({
          id: each.scheduleId,
          name: each.name,
          description: each.description,
          owner: each.createdBy,
          programs: [each.scheduleItemId, each.scheduleItemName],
          created: [each.createdDate, each.startDate].map(Date.parse),
          dataType: nameOf(SCHEDULE_DATA_TYPE, each.scheduleDataType),
          type: nameOf(SCHEDULE_TYPE, each.type),
          status: nameOf(SCHEDULE_STATUS, each.status),
        }));
        expect(read).toEqual(
          list.map(({ cron, program, created, state, type, ...each }) => ({
            ...each,
            programs: [program, program],
            created: [created, created],
            dataType: cron === null ? 'ON_DEMAND' : 'RECURRING',
            type: SCHEDULE_TYPE_NAMES[type],
            status: PYRAMID_SCHEDULE_STATUS[state],
          })),
        );
      }),
      RUNS,
    );
  });

  test('a list of executions', async () => {
    const count = fc.nat({ max: 3 });
    const counts = fc.record(
      Object.fromEntries(JOB_STATES.map((state) => [state, count])) as Record<JobState, typeof count>,
    );
    const execution = fc.record({
      ...{ id: text, scheduleId: text, owner: text, created: time, jobs: counts },
      trigger: fc.constantFrom('cron' as const, 'demand' as const),
      ...{ started: fc.option(time), completed: fc.option(time), errorMessage: fc.option(text) },
    });
    const entry = fc.tuple(execution, fc.array(task, { maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 4 }), async (list) => {
        const sequence = (async function* () {
          for (const [each, tasks] of list) {
            const items = tasks.map((each) => toTaskViewData({ ...TASK, ...each }, SCHEDULE, null, 'names'));
            yield toExecutionViewData(each, items);
          }
        })();
        let written = '';
        for await (const piece of toJson(sequence) as AsyncIterable<string>) written += piece;
        const read = (JSON.parse(written) as ExecutionViewData[]).map((each) => ({
          id: each.id,
          started: Date.parse(each.startDate),
          ended: each.endDate && Date.parse(each.endDate),
          error: each.error,
          open: [each.pendingCount, each.runningCount],
          counts: [
            each.successCount,
            each.failedCount,
            each.canceledCount,
            each.triggerStoppedCount,
            each.partialSuccessCount,
          ],
          tasks: each.items.map(({ id, status }) => [id, status]),
        }));
        expect(read).toEqual(
          list.map(([{ id, created, completed, errorMessage, jobs }, tasks]) => {
            const open = [jobs.created + jobs.queued, jobs.running + jobs.cancelling];
            return {
              id,
              started: created,
              ended: open.every((count) => count === 0) ? completed : null,
              error: errorMessage,
              open,
              counts: [jobs.completed, jobs.failed, jobs.cancelled, jobs.abandoned, 0],
              tasks: tasks.map((task) => [task.id, PYRAMID_STATUS[task.state]]),
            };
          }),
        );
      }),
      RUNS,
    );
  });
});
