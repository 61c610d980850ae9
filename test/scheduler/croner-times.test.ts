import { describe, expect, test } from 'vitest';
import { CRONER_TIMES } from '../../src/scheduler/croner-times.ts';

/** The runs after `from`, to the minute. */
function runs(cron: string, timeZone: string, from: string, count: number): string[] {
  const times: string[] = [];
  let after = Date.parse(`${from}Z`);
  for (let i = 0; i < count; i++) {
    after = CRONER_TIMES.next(cron, timeZone, after) ?? Number.NaN;
    times.push(new Date(after).toISOString().slice(0, 16));
  }
  return times;
}

describe('a change of clocks', () => {
  test.each([
    // 2:00 to 3:00 does not exist: the run comes as soon as the hour is over, and the next one at its own time.
    ['30 2 * * *', 'Europe/Berlin', '2024-03-30T12:00', ['2024-03-31T01:00', '2024-04-01T00:30']],
    ['30 2 * * *', 'America/New_York', '2024-03-09T12:00', ['2024-03-10T07:00', '2024-03-11T06:30']],
    ['30 2,14 * * *', 'Europe/Berlin', '2024-03-30T14:00', ['2024-03-31T01:00', '2024-03-31T12:30']],
    // 2:00 to 3:00 (1:00 to 2:00 in New York) comes twice: the run comes the first time only.
    ['30 2 * * *', 'Europe/Berlin', '2024-10-26T12:00', ['2024-10-27T00:30', '2024-10-28T01:30']],
    ['30 1 * * *', 'America/New_York', '2024-11-02T12:00', ['2024-11-03T05:30', '2024-11-04T06:30']],
    ['0 30 2 * * *', 'Europe/Berlin', '2024-10-26T12:00', ['2024-10-27T00:30', '2024-10-28T01:30']],
    // Every half hour is every half hour.
    ['*/30 * * * *', 'Europe/Berlin', '2024-03-31T00:15', ['2024-03-31T00:30', '2024-03-31T01:00']],
    ['*/30 * * * *', 'Europe/Berlin', '2024-10-27T00:15', ['2024-10-27T00:30', '2024-10-27T01:00']],
    // Where clocks never change, nothing does.
    ['30 2 * * *', 'Asia/Kolkata', '2024-03-30T12:00', ['2024-03-30T21:00', '2024-03-31T21:00']],
    ['30 2 * * *', 'UTC', '2024-03-30T12:00', ['2024-03-31T02:30', '2024-04-01T02:30']],
  ])('%s in %s after %s', (cron, timeZone, from, expected) => {
    expect(runs(cron, timeZone, from, expected.length)).toEqual(expected);
  });

  test.each(['2024-10-27T00:30:00.000', '2024-10-27T00:30:00.250', '2024-10-27T01:29:59.999'])(
    'a run that has been is not due again in the hour that comes twice: after %s',
    (after) => {
      expect(runs('30 2 * * *', 'Europe/Berlin', after, 1)).toEqual(['2024-10-28T01:30']);
    },
  );
});

test('with six fields the first is seconds', () => {
  const next = CRONER_TIMES.next('*/10 * * * * *', 'UTC', Date.UTC(2024, 0, 1, 0, 0, 5));
  expect(next).toBe(Date.UTC(2024, 0, 1, 0, 0, 10));
});

test('an expression whose last time has passed has no next one', () => {
  expect(CRONER_TIMES.next('0 0 30 2 *', 'UTC', 0)).toBeNull();
});

describe('the check', () => {
  test.each([
    ['0 2 * * *', 'Europe/Berlin'],
    ['*/5 * * * * *', 'UTC'],
    ['0 0 L * *', 'America/Argentina/ComodRivadavia'],
    ['  0 2 * * MON-FRI ', 'Asia/Kolkata'],
    ['0 0 29 2 *', 'UTC'],
    [null, 'UTC'],
  ])('takes %o in %s', (cron, timeZone) => {
    expect(() => CRONER_TIMES.check(cron, timeZone)).not.toThrow();
  });

  test.each([
    ['', 'UTC', 'the cron expression must be 1 to 255 printable ASCII characters'],
    ['* '.repeat(200), 'UTC', 'the cron expression must be 1 to 255 printable ASCII characters'],
    ['0 2 * * ü', 'UTC', 'the cron expression must be 1 to 255 printable ASCII characters'],
    ['0 2 * *', 'UTC', 'the cron expression must have 5 or 6 fields, not 4'],
    ['0 0 2 * * * 2030', 'UTC', 'the cron expression must have 5 or 6 fields, not 7'],
    ['@daily', 'UTC', 'the cron expression must have 5 or 6 fields, not 1'],
    ['2030-01-01T00:00:00', 'UTC', 'the cron expression must have 5 or 6 fields, not 1'],
    ['61 * * * *', 'UTC', 'the cron expression "61 * * * *" cannot be read: Invalid value for minute: 61'],
    ['0 0 30 2 *', 'UTC', 'the cron expression "0 0 30 2 *" names a time that never comes'],
    ['0 2 * * *', '', 'the time zone must be an IANA name such as Europe/Berlin, not ""'],
    ['0 2 * * *', '+02:00', 'the time zone must be an IANA name such as Europe/Berlin, not "+02:00"'],
    [null, 'Mars/Base', 'the time zone must be an IANA name such as Europe/Berlin, not "Mars/Base"'],
  ])('refuses %o in %o', (cron, timeZone, message) => {
    expect(() => CRONER_TIMES.check(cron, timeZone)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message }),
    );
  });
});
