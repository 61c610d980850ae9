import { describe, expect, test } from 'vitest';
import type { Job, TargetProgress } from '../../../src/core/job.ts';
import {
  SUCCESS,
  toClmJob,
  toClmJobStatusItem,
  toListedRecord,
  toPersistentIDStatus,
  toProgressStatus,
} from '../../../src/dialects/clm/wire.ts';

const JOB: Job & TargetProgress = {
  id: 'job',
  group: 'group',
  program: 'walk',
  type: 'program',
  isRead: false,
  owner: 'ann',
  state: 'running',
  statusMessage: 'half-way',
  errorMessage: null,
  comment: 'mine',
  workerId: 'worker',
  progress: { startedAt: 2, count: 1, target: 2, percent: 50 },
  attempt: 1,
  created: 1,
  updated: 3,
  started: 2,
  completed: null,
  targets: ['a', 'b', 'c'],
  percentages: [100, 50],
};

const RECORD = {
  recordId: '7',
  jobId: 'job',
  group: 'group',
  targetId: 'a',
  errorCode: 20,
  errorMessage: 'gone',
  username: 'ann',
  created: 5,
};

describe('a ClmJob', () => {
  test('has the WSDL’s members and no other: nothing of workers or attempts', () => {
    expect(toClmJob(JOB)).toEqual({
      jobId: 'job',
      jobGroup: 'group',
      operation: 'walk',
      username: 'ann',
      comment: 'mine',
      status: 1,
      statusName: 'Running',
      errorMessage: null,
      overallPercentage: 50,
      created: 1,
      updated: 3,
      completed: null,
    });
  });

  test('of a completed job is at 100 per cent', () => {
    expect(toClmJob({ ...JOB, state: 'completed', completed: 4 })).toMatchObject({
      status: 2,
      statusName: 'Complete',
      overallPercentage: 100,
      completed: 4,
    });
  });

  test('in a list is an item of its own, without an error', () => {
    expect(toClmJobStatusItem(JOB)).toEqual({ clmJob: toClmJob(JOB), errorCode: 0, errorMessage: null });
  });
});

test('a ProgressStatus has a percentage for every target, 0 where none was reported', () => {
  expect(toProgressStatus(JOB)).toEqual({
    errorCode: 0,
    errorMessage: null,
    overallPercentage: 50,
    targetIds: ['a', 'b', 'c'],
    progress: [100, 50, 0],
  });
});

describe('a PersistentIDStatus', () => {
  const LISTED = {
    recordId: '7',
    jobId: 'job',
    jobGroup: 'group',
    id: 'a',
    errorCode: 20,
    errorMessage: 'gone',
    username: 'ann',
    created: 5,
    status: null,
  };

  test('in a list has no status of an operation', () => {
    expect(toListedRecord(RECORD)).toEqual(LISTED);
  });

  test('in a list is the same frozen object each time when the store keeps it', () => {
    const kept = Object.freeze({ ...RECORD });
    expect(toListedRecord(kept)).toEqual(LISTED);
    expect(toListedRecord(kept)).toBe(toListedRecord(kept));
    expect(Object.isFrozen(toListedRecord(kept))).toBe(true);
  });

  test('as an answer has the operation’s status beside the record’s own error', () => {
    expect(toPersistentIDStatus(RECORD, SUCCESS)).toEqual({
      ...LISTED,
      status: { errorCode: 0, errorMessage: null },
    });
  });
});
