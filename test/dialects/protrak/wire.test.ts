import { describe, expect, test } from 'vitest';
import type { JobDetail, Json } from '../../../src/core/job.ts';
import { NO_ROWS } from '../../../src/core/job.ts';
import { JOB_STATES, type JobState } from '../../../src/core/job-state.ts';
import { toAsyncJob } from '../../../src/dialects/protrak/wire.ts';

const ID = '0b8a1c1e-2f5d-4c6b-9e57-0c3d2a1b4f60';

function jobThatIs(state: JobState, changes: Partial<JobDetail> = {}): JobDetail {
  const ended = ['completed', 'failed', 'cancelled', 'abandoned'].includes(state);
  return {
    id: ID,
    group: ID,
    program: 'DataMigrationProgram',
    type: 'program',
    owner: 'ann',
    state,
    statusMessage: 'half way',
    errorMessage: state === 'failed' ? 'no such table' : null,
    comment: null,
    workerId: null,
    progress: { startedAt: null, count: 0, target: 0, percent: 0 },
    isRead: false,
    attempt: 1,
    created: Date.UTC(2024, 1, 29, 12, 30, 0, 7),
    updated: Date.UTC(2024, 1, 29, 12, 31),
    started: null,
    completed: ended ? Date.UTC(2024, 1, 29, 12, 31) : null,
    parameters: [],
    counters: NO_ROWS,
    ...changes,
  };
}

const shown = (state: JobState, result: Json = null, values: Json[] = ['sourceId', 'targetId', 100]) =>
  toAsyncJob(jobThatIs(state), { arguments: values, targets: [], result });

const OPEN = JOB_STATES.filter((state) => shown(state).status === 'InProgress');
const ENDED = JOB_STATES.filter((state) => !OPEN.includes(state));

test("the sample GetAsyncJob response: its members, in the source's order", () => {
  expect(JSON.stringify(shown('completed', ['<ProgramResult>']))).toBe(
    `{"id":"${ID}","type":"ExecuteCommonProgram","status":"Completed",` +
      '"creator":{"userId":"9f147952-8c01-5985-99af-bdf3728706ee","userName":"ann","userEmail":""},' +
      '"created":"2024-02-29T12:30:00.007Z","completedDate":"2024-02-29T12:31:00.000Z","isRead":false,' +
      '"bulkOperationType":0,"programExecutionInfo":{"programName":"DataMigrationProgram",' +
      '"arguments":["sourceId","targetId",100],"result":["<ProgramResult>"]}}',
  );
});

test('an error message stands before the program, where the source lists it', () => {
  expect(Object.keys(shown('failed'))).toEqual([
    'id',
    'type',
    'status',
    'creator',
    'created',
    'completedDate',
    'isRead',
    'bulkOperationType',
    'errorMessage',
    'programExecutionInfo',
  ]);
});

describe('Notes: "completedDate is null until job execution finishes"', () => {
  test.each(OPEN)('explicitly, of a job that is %s', (state) => {
    expect(JSON.parse(JSON.stringify(shown(state)))).toHaveProperty('completedDate', null);
  });

  test.each(ENDED)('not of a job that is %s', (state) => {
    expect(shown(state).completedDate).toBe('2024-02-29T12:31:00.000Z');
  });
});

describe('Notes: "result is available only when status = Completed"', () => {
  test('of a completed job', () => {
    expect(shown('completed', [1]).programExecutionInfo).toHaveProperty('result', [1]);
  });

  test.each(JOB_STATES.filter((state) => state !== 'completed'))('not of a job that is %s', (state) => {
    expect(shown(state, [1]).programExecutionInfo).not.toHaveProperty('result');
  });

  test.each<[string, Json, Json[]]>([
    ['an array is the result as it is', [1, [2]], [1, [2]]],
    ['an empty array stays empty', [], []],
    ['an object stands in an array', { rows: 7 }, [{ rows: 7 }]],
    ['a string stands in an array', 'done', ['done']],
    ['false stands in an array', false, [false]],
    ['zero stands in an array', 0, [0]],
    ['nothing is an empty array', null, []],
  ])('%s', (_, returned, result) => {
    expect(shown('completed', returned).programExecutionInfo.result).toEqual(result);
  });
});

describe('Notes: "errorMessage will be present if status = Failed"', () => {
  test('with what the program said', () => {
    expect(shown('failed')).toHaveProperty('errorMessage', 'no such table');
  });

  test('also where nothing was said', () => {
    const job = jobThatIs('failed', { errorMessage: null });
    expect(toAsyncJob(job, { arguments: [], targets: [], result: null })).toHaveProperty('errorMessage', '');
  });

  test.each(JOB_STATES.filter((state) => state !== 'failed'))('not of a job that is %s', (state) => {
    expect(shown(state)).not.toHaveProperty('errorMessage');
  });
});

test('arguments keep their JSON types', () => {
  const values: Json[] = ['1', 1, 1.5, true, null, [], {}, { a: [null] }, ''];
  expect(shown('queued', null, values).programExecutionInfo.arguments).toEqual(values);
});

test("a user's GUID is that of the name: always the same, another for another name, of version 5", () => {
  const idOf = (owner: string) =>
    toAsyncJob(jobThatIs('queued', { owner }), { arguments: [], targets: [], result: null }).creator.userId;
  expect(idOf('ann')).toBe(idOf('ann'));
  expect(idOf('bob')).not.toBe(idOf('ann'));
  expect(idOf('bob')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
