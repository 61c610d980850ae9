import { describe, expect, test } from 'vitest';
import { delayAfter, RETRY_DELAYS_MS, readRetryAfter } from '../../src/webhooks/retry-schedule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 2, 1, 12, 0, 0);

function scheduled(attempt: number, wish?: number, random = 0.5): number | null {
  return delayAfter(attempt, wish, { delays: RETRY_DELAYS_MS, random: () => random });
}

describe('the schedule', () => {
  test('tries again after 5 s, 5 and 30 min, 2, 5, 10, 14, 20 and 24 h, and then no more', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((attempt) => scheduled(attempt));
    expect(delays).toEqual([
      5_000,
      5 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      14 * HOUR,
      20 * HOUR,
      24 * HOUR,
      null,
    ]);
  });

  test('varies by a tenth up and down', () => {
    expect(scheduled(2, undefined, 0)).toBe(270_000);
    expect(scheduled(2, undefined, 1)).toBe(330_000);
  });

  test('is never earlier than the receiver asks, nor because of that later than a day', () => {
    expect(scheduled(1, 120_000, 0)).toBe(120_000);
    expect(scheduled(1, 4_000, 0)).toBe(4_500);
    expect(scheduled(1, 30 * 24 * HOUR)).toBe(24 * HOUR);
  });

  test('ends after the last attempt, whatever the receiver asks', () => {
    expect(scheduled(10, 1_000)).toBeNull();
  });
});

describe('Retry-After', () => {
  test.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 01 Mar 2026 12:01:30 GMT', 90_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ])('is read from "%s"', (header, ms) => {
    expect(readRetryAfter(header, NOW)).toBe(ms);
  });

  test.each([
    undefined,
    '',
    'soon',
    '-1',
    '1.5',
    '1e3',
    '2026-03-01T12:01:30',
    'Sun, 41 Mar 2026 12:01:30 GMT',
  ])('is left aside when it is %s', (header) => {
    expect(readRetryAfter(header, NOW)).toBeUndefined();
  });

  test('of a size that no number holds is a day', () => {
    expect(scheduled(1, readRetryAfter('9'.repeat(400), NOW))).toBe(24 * HOUR);
  });
});
