import { expect, test } from 'vitest';
import { catalogueScheduleId, catalogueSchedules } from '../../src/core/catalogue-schedules.ts';
import { CRONER_TIMES } from '../../src/scheduler/croner-times.ts';

test("a catalogue schedule's id is a GUID that its name alone makes, for good", () => {
  expect(catalogueScheduleId('My Demo Schedule')).toBe('0f95edf6-141e-8ac9-8872-d8ac718ffcb0');
  expect(catalogueScheduleId('my demo schedule')).not.toBe(catalogueScheduleId('My Demo Schedule'));
});

test.each(Array.from({ length: 16 }, (_, i) => `schedule ${i}`))('the id of %o is well-formed', (name) => {
  expect(catalogueScheduleId(name)).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
});

test("the catalogue's schedules are the first administrator's, and due in their time zone", () => {
  const now = Date.UTC(2024, 6, 1);
  const request = { name: 'n', description: '', type: 'etl', program: 'walk', arguments: [1] } as const;
  const [timed, byHand] = catalogueSchedules(
    [
      { ...request, cron: '0 4 * * *', timeZone: 'Europe/Berlin' },
      { ...request, cron: null, timeZone: 'UTC' },
    ],
    CRONER_TIMES,
    now,
  );
  expect(timed).toMatchObject({
    schedule: { owner: 'admin', nextRun: Date.UTC(2024, 6, 1, 2), created: now },
    payload: { arguments: [1], parameters: [] },
  });
  expect(byHand?.schedule.nextRun).toBeNull();
});
