import { describe, expect, test } from 'vitest';
import { JOB_TYPES, type JobType } from '../../../src/core/job.ts';
import type { JobState } from '../../../src/core/job-state.ts';
import { typeOf, WEB3_TYPES } from '../../../src/dialects/web3/job-type.ts';
import { askedState, WEB3_STATUS } from '../../../src/dialects/web3/status.ts';

/** The reference's numbers and names, spelt out: they never change. */
const STATUSES: Record<JobState, string> = {
  created: '0 Created',
  queued: '1 Queued',
  running: '2 Processing',
  cancelling: '2 Processing',
  completed: '3 Completed',
  failed: '4 CompletedWithErrors',
  cancelled: '4 CompletedWithErrors',
  abandoned: '4 CompletedWithErrors',
};

const TYPES: Record<JobType, string> = {
  transaction: '1 Transaction',
  import: '2 Import',
  export: '3 Export',
  'schema-sync': '4 SchemaSync',
  program: '2 Import',
};

describe('a status', () => {
  test.each(Object.entries(STATUSES))('%s shows as %s', (state, shown) => {
    const { number, name } = WEB3_STATUS[state as JobState];
    expect(`${number} ${name}`).toBe(shown);
  });

  test.each([
    ['Created', 'created'],
    [0, 'created'],
    ['Queued', 'queued'],
    [1, 'queued'],
    [2, undefined],
    ['Processing', undefined],
    [99, undefined],
    ['Unknown', undefined],
    ['queued', undefined],
    ['1', undefined],
    ['toString', undefined],
  ])('%j may be asked for as %s', (given, state) => {
    expect(askedState(given)).toBe(state);
  });
});

describe('a type', () => {
  test.each(Object.entries(TYPES))('%s shows as %s', (type, shown) => {
    const { number, name } = WEB3_TYPES[type as JobType];
    expect(`${number} ${name}`).toBe(shown);
  });

  test.each(JOB_TYPES.filter((type) => type !== 'program'))('%s is read in both its spellings', (type) => {
    const { number, name } = WEB3_TYPES[type];
    expect([typeOf(number), typeOf(name)]).toEqual([type, type]);
  });

  test.each([
    ['TopicMapTransaction', 'transaction'],
    [0, undefined],
    ['Null', undefined],
    [5, undefined],
    [2.5, undefined],
    ['import', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%j is read as %s', (given, type) => {
    expect(typeOf(given)).toBe(type);
  });
});
