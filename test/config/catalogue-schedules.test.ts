import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue.ts';
import { SCHEDULE_TYPES } from '../../src/core/schedule.ts';

const SAMPLE = fileURLToPath(new URL('../../../fixtures/catalogue.json', import.meta.url));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobgate-catalogue-'));
  writeFileSync(join(folder, 'program.js'), 'export default async () => {};');
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(schedules: object) {
  const path = join(folder, 'catalogue.json');
  writeFileSync(path, JSON.stringify({ programs: { walk: { module: './program.js' } }, schedules }));
  const problems: string[] = [];
  const catalogue = loadCatalogue(path, {}, (problem) => problems.push(problem));
  return { schedules: catalogue.schedules, problems };
}

describe("a catalogue's schedules", () => {
  test('may leave out all but their type and program', () => {
    expect(read({ nightly: { type: 'etl', program: 'walk' } })).toEqual({
      schedules: [
        {
          ...{ name: 'nightly', description: '', type: 'etl', program: 'walk' },
          ...{ arguments: [], cron: null, timeZone: 'UTC' },
        },
      ],
      problems: [],
    });
  });

  test('may say everything', () => {
    const entry = {
      ...{ type: 'alert', description: 'Each night.', program: 'walk', arguments: [1, { a: null }] },
      ...{ cron: '0 2 * * *', timeZone: 'Europe/Berlin' },
    };
    expect(read({ nightly: entry }).schedules).toEqual([{ name: 'nightly', ...entry }]);
  });

  test('may be of any type', () => {
    const ofEachType = SCHEDULE_TYPES.map((type) => [type, { type, program: 'walk' }]);
    expect(read(Object.fromEntries(ofEachType)).problems).toEqual([]);
  });

  test.each([
    [{ program: 'jump' }, '/schedules/a~1b: there is no program named "jump"'],
    [{ cron: '* *' }, '/schedules/a~1b: the cron expression must have 5 or 6 fields, not 2'],
    [
      { timeZone: 'Mars/Base' },
      '/schedules/a~1b: the time zone must be an IANA name such as Europe/Berlin, not "Mars/Base"',
    ],
    [{ type: 'nap' }, '/schedules/a~1b/type: must be equal to one of the allowed values'],
    [{ every: 'day' }, '/schedules/a~1b: must NOT have additional properties "every"'],
  ])('with %o are a problem, named with its place', (wrong, problem) => {
    expect(read({ 'a/b': { type: 'etl', program: 'walk', ...wrong } }).problems).toEqual([problem]);
  });

  test("are, in the sample, the one that the vendor's own example looks for", () => {
    const { schedules } = loadCatalogue(SAMPLE, {}, (problem) => expect.unreachable(problem));
    expect(schedules).toMatchObject([{ name: 'My Demo Schedule', type: 'etl', program: 'walk', cron: null }]);
  });
});
