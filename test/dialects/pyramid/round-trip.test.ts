import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Job, Json } from '../../../src/core/job.ts';
import { JOB_STATES } from '../../../src/core/job-state.ts';
import {
  ENUM_STYLES,
  nameOf,
  SCHEDULE_TYPE,
  TASK_STATUS,
} from '../../../src/dialects/pyramid/enumerations.ts';
import { toJson } from '../../../src/dialects/pyramid/json-answer.ts';
import {
  optionalText,
  readBareText,
  readObject,
  requiredObject,
} from '../../../src/dialects/pyramid/reading.ts';
import { PYRAMID_STATUS } from '../../../src/dialects/pyramid/status.ts';
import { toTaskViewData } from '../../../src/dialects/pyramid/wire.ts';
import { SCHEDULE, TASK } from './sample-task.ts';

const RUNS = { seed: 1, numRuns: 300 };
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const time = fc.integer({ min: 0, max: 4e12 });

describe('an id that a client sends is read as it was meant', () => {
  const id = fc
    .stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._:-]{0,40}[A-Za-z0-9]$/)
    .filter((each) => each !== 'null');

  test.each<[string, (each: string) => string]>([
    ['as a JSON string', (each) => JSON.stringify(each)],
    ['without its quotes', (each) => each],
    ['in an object', (each) => JSON.stringify({ more: null, executionId: each })],
    ['with white space around it', (each) => ` \r\n${JSON.stringify(each)}\t`],
  ])('%s', (_, write) => {
    fc.assert(
      fc.property(id, (each) => {
        expect(readBareText(write(each), 'executionId')).toBe(each);
      }),
      RUNS,
    );
  });
});

test('members of objects are read as they were written, whatever they are called', () => {
  const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString'));
  fc.assert(
    fc.property(name, fc.option(text), (member, value) => {
      const body = `{"outer":{${JSON.stringify(member)}:${JSON.stringify(value)}}}`;
      expect(optionalText(requiredObject(readObject(body), 'outer'), member)).toBe(value ?? undefined);
    }),
    RUNS,
  );
});

describe('what is answered is read as it was meant', () => {
  const job = fc.record({
    id: text,
    program: text,
    owner: text,
    state: fc.constantFrom(...JOB_STATES),
    statusMessage: fc.option(text),
    errorMessage: fc.option(text),
    workerId: fc.option(text),
    created: time,
    started: fc.option(time),
    completed: fc.option(time),
  });

  test.each(ENUM_STYLES)('a task, its enumerations as %s', (style) => {
    fc.assert(
      fc.property(job, fc.jsonValue(), (each, result) => {
        const written = toJson(toTaskViewData({ ...TASK, ...each } as Job, SCHEDULE, result as Json, style));
        const read = JSON.parse(written as string);
        expect({
          id: read.id,
          program: read.scheduleItemId,
          owner: read.createdBy,
          status: nameOf(TASK_STATUS, read.status),
          type: nameOf(SCHEDULE_TYPE, read.scheduleType),
          statusMessage: read.taskSummary.message,
          errorMessage: read.taskSummary.error?.msg ?? null,
          workerId: read.executorId,
          created: Date.parse(read.createdDate),
          started: read.startDate && Date.parse(read.startDate),
          completed: read.endDate && Date.parse(read.endDate),
          result: read.result === null ? null : JSON.parse(read.result),
        }).toEqual({
          id: each.id,
          program: each.program,
          owner: each.owner,
          status: PYRAMID_STATUS[each.state],
          type: 'ETL',
          statusMessage: each.statusMessage,
          errorMessage: each.errorMessage,
          workerId: each.workerId,
          created: each.created,
          started: each.started,
          completed: each.completed,
          result: JSON.parse(JSON.stringify(result)),
        });
      }),
      RUNS,
    );
  });

  test('a sequence that is written member by member', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(text, text), { maxLength: 4 }), async (members) => {
        const sequence = (async function* () {
          yield* members;
        })();
        let written = '';
        for await (const piece of toJson(sequence) as AsyncIterable<string>) written += piece;
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(members)));
      }),
      RUNS,
    );
  });
});
