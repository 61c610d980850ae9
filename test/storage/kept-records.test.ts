import { expect, test } from 'vitest';
import type { StatusRecord } from '../../src/core/status-record.ts';
import { KeptRecords } from '../../src/storage/kept-records.ts';

const MUCH = 10_000_000;

function record(position: number, errorMessage: string | null = null): StatusRecord {
  return {
    recordId: `1-${position}`,
    jobId: 'job',
    group: 'group',
    targetId: `t${position}`,
    errorCode: 0,
    errorMessage,
    username: 'ann',
    created: 0,
  };
}

function filled(kept: KeptRecords, count: number): StatusRecord[] {
  return Array.from({ length: count }, (_, position) => kept.keep(1, position, record(position)));
}

test('what is kept is found, across blocks', () => {
  const kept = new KeptRecords(MUCH);
  const records = filled(kept, 300);
  expect(kept.find(1, 100, 180)).toEqual(records.slice(100, 280));
});

test('a stretch of which one record is not kept is not found', () => {
  const kept = new KeptRecords(MUCH);
  filled(kept, 10);
  kept.keep(1, 11, record(11));
  expect(kept.find(1, 0, 12)).toBeUndefined();
  expect(kept.find(1, 5, 5)).toHaveLength(5);
});

test('a group’s records are no other group’s', () => {
  const kept = new KeptRecords(MUCH);
  filled(kept, 5);
  expect(kept.find(11, 0, 5)).toBeUndefined();
});

test('a kept record is frozen, and the same object each time', () => {
  const kept = new KeptRecords(MUCH);
  const [first] = filled(kept, 1);
  expect(Object.isFrozen(first)).toBe(true);
  expect(kept.keep(1, 0, record(0))).toBe(first);
  expect(kept.find(1, 0, 1)?.[0]).toBe(first);
});

test('no more is kept than there is room for, and what was used least lately goes first', () => {
  const kept = new KeptRecords(1_000_000);
  for (let group = 1; group <= 100; group++) {
    for (let position = 0; position < 20; position++) kept.keep(group, position, record(position));
    kept.find(1, 0, 20);
    expect(kept.bytes).toBeLessThanOrEqual(1_000_000);
  }
  expect(kept.find(1, 0, 20)).toHaveLength(20);
  expect(kept.find(2, 0, 20)).toBeUndefined();
  expect(kept.find(100, 0, 20)).toHaveLength(20);
});

test('with no room nothing is kept, and nothing frozen', () => {
  const kept = new KeptRecords(0);
  const [first] = filled(kept, 1);
  expect(kept.find(1, 0, 1)).toBeUndefined();
  expect(Object.isFrozen(first)).toBe(false);
  expect(kept.bytes).toBe(0);
});

test('a record with a long message is not kept', () => {
  const kept = new KeptRecords(MUCH);
  kept.keep(1, 0, record(0, 'x'.repeat(2_001)));
  expect(kept.find(1, 0, 1)).toBeUndefined();
  kept.keep(1, 0, record(0, 'x'.repeat(1_900)));
  expect(kept.find(1, 0, 1)).toHaveLength(1);
});
