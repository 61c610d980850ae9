import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JobDetail, type Json, NO_ROWS } from '../../../src/core/job.ts';
import { JOB_STATES } from '../../../src/core/job-state.ts';
import { readArguments, readAsyncJob } from '../../../src/dialects/protrak/read-async-job.ts';
import { PROTRAK_STATUS } from '../../../src/dialects/protrak/status.ts';
import { toAsyncJob } from '../../../src/dialects/protrak/wire.ts';
import { parseJson, SIZE_CHECKED } from '../../../src/http/json-body.ts';

const RUNS = { seed: 1, numRuns: 300 };
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const time = fc.integer({ min: 0, max: 4e12 });
// What JSON has: -0 is 0 in it.
const values = fc
  .array(fc.jsonValue(), { maxLength: 4 })
  .map((each) => JSON.parse(JSON.stringify(each)) as Json[]);

test('an AsyncJob that a client writes is read as it was meant, its names in whatever case', () => {
  const spelling = fc.constantFrom<(name: string) => string>(
    (name) => name,
    (name) => name.toUpperCase(),
    (name) => name[0]?.toUpperCase() + name.slice(1),
  );
  fc.assert(
    fc.property(text, values, spelling, (programName, given, spell) => {
      const info = { [spell('programName')]: programName, [spell('arguments')]: given };
      const job = {
        [spell('type')]: 'ExecuteCommonProgram',
        [spell('programExecutionInfo')]: info,
        id: null,
      };
      expect(readAsyncJob(parseJson(JSON.stringify(job), SIZE_CHECKED))).toEqual({
        programName,
        arguments: given,
      });
    }),
    RUNS,
  );
});

test('arguments that a client writes are read as they were meant', () => {
  fc.assert(
    fc.property(values, (given) => {
      expect(readArguments(parseJson(JSON.stringify(given), SIZE_CHECKED))).toEqual(given);
    }),
    RUNS,
  );
});

test('an AsyncJob that is answered is read as it was meant', () => {
  const job = fc.record({
    id: text,
    program: text,
    owner: text,
    state: fc.constantFrom(...JOB_STATES),
    errorMessage: fc.option(text),
    created: time,
    completed: fc.option(time),
    isRead: fc.boolean(),
  });
  fc.assert(
    fc.property(job, values, values, (each, given, result) => {
      const payload = { arguments: given, targets: [], result };
      const read = JSON.parse(JSON.stringify(toAsyncJob({ ...REST, ...each }, payload)));
      const status = PROTRAK_STATUS[each.state];
      expect({
        id: read.id,
        program: read.programExecutionInfo.programName,
        owner: read.creator.userName,
        status: read.status,
        errorMessage: read.errorMessage,
        created: Date.parse(read.created),
        completed: read.completedDate && Date.parse(read.completedDate),
        isRead: read.isRead,
        arguments: read.programExecutionInfo.arguments,
        result: read.programExecutionInfo.result,
      }).toEqual({
        id: each.id,
        program: each.program,
        owner: each.owner,
        status,
        // "Present if status = Failed", and the result "only when status = Completed".
        errorMessage: status === 'Failed' ? (each.errorMessage ?? '') : undefined,
        created: each.created,
        completed: each.completed,
        isRead: each.isRead,
        arguments: given,
        result: status === 'Completed' ? result : undefined,
      });
    }),
    RUNS,
  );
});

/** What an AsyncJob says nothing of. */
const REST = {
  group: 'g',
  type: 'program',
  statusMessage: null,
  comment: null,
  workerId: null,
  progress: { startedAt: null, count: 0, target: 0, percent: 0 },
  attempt: 1,
  updated: 0,
  started: null,
  parameters: [],
  counters: NO_ROWS,
} as const satisfies Partial<JobDetail>;
