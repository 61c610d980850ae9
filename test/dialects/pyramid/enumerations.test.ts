import { describe, expect, test } from 'vitest';
import {
  nameOf,
  SCHEDULE_DATA_TYPE,
  SCHEDULE_STATUS,
  SCHEDULE_TYPE,
  SEARCH_MATCH_TYPE,
  spell,
  TASK_STATUS,
} from '../../../src/dialects/pyramid/enumerations.ts';

describe('the published enumerations are whole, in the order of their numbers', () => {
  test.each([
    [
      'TaskStatus',
      TASK_STATUS,
      `PENDING FINISHED FINISHED_RENDERING ERROR RUNNING FINISHED_WITH_ERRORS STOPPED_WITHOUT_RUNNING DURING_LOCK
       CANCELED CANCELING PENDING_FOR_EVALUATION DURING_LOCK_EVALUATION RUNNING_EVALUATION STOPPED_AFTER_EVALUATION
       EVALUATION_CANCELED DELETED`,
    ],
    [
      'ScheduleStatus',
      SCHEDULE_STATUS,
      'IDLE STOPPED FINISHED DELETED HOLD CANCELED DISABLED_AFTER_FAILURES',
    ],
    ['ScheduleDataType', SCHEDULE_DATA_TYPE, 'ONCE RECURRING RUN_ONCE ON_DEMAND'],
    [
      'ScheduleType',
      SCHEDULE_TYPE,
      `PRINTING ETL MACHINE_LEARNING USER_GROUPS LOGS_CLEAN PROVISION RECOMMENDATION IMAGE_SNAPSHOT ALERT CLEAN_DB
       UPGRADE_HIERARCHY_SECURITY IMAGE_SNAPSHOT_NOW PRINT_ETL SUBSCRIPTION SCHEDULES_CLEANER
       CLEAN_PRESENTATION_DOCUMENTS UPGRADE_TE_OUTPUTS UPGRADE_CONTENT_SNAPSHOT_RESULTS UPDATE_PRIVATE_ROLES
       CLEAN_DUPLICATE_TAGS UPDATE_SYSTEM_SCHEDULES`,
    ],
    ['SearchMatchType', SEARCH_MATCH_TYPE, 'Contains NotContains Equals StartsWith EndsWith'],
  ])('%s', (_, table, names) => {
    const inOrder = names.split(/\s+/).map((name, number) => [name, number]);
    expect(Object.entries(table)).toEqual(inOrder);
  });
});

test('an answer spells a value as its number or as its name', () => {
  expect(spell(TASK_STATUS, 'RUNNING', 'numbers')).toBe(4);
  expect(spell(TASK_STATUS, 'RUNNING', 'names')).toBe('RUNNING');
});

test.each([
  [2, 'Equals'],
  ['2', 'Equals'],
  ['Equals', 'Equals'],
  ['EQUALS', 'Equals'],
  [5, undefined],
  [-1, undefined],
  [2.5, undefined],
  ['', undefined],
  ['toString', undefined],
  [true, undefined],
  [[2], undefined],
  [{}, undefined],
])('a client that gives %j means %s', (given, name) => {
  expect(nameOf(SEARCH_MATCH_TYPE, given)).toBe(name);
});
