import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/commands/command-line.ts';
import { loadConfig } from '../../src/config.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { NOW } from '../storage/sample-job.ts';
import { NO_PAYLOAD, sampleSchedule } from '../storage/sample-schedule.ts';
import { recordingTerminal } from './recording-terminal.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobgate-schedule-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const nightly = sampleSchedule({ name: 'nightly\u001b[2J', timeZone: 'Europe/Berlin' });
const byHand = sampleSchedule({ name: 'by hand', type: 'alert', cron: null, nextRun: null });
const removed = sampleSchedule();

/** What `jobgate schedule list …` prints of a store with these three. */
async function list(words: string): Promise<string[]> {
  const config = loadConfig({ JOBGATE_DATABASE_URL: `sqlite:${join(folder, 'jobgate.db')}` });
  const store = await openStore({ url: config.JOBGATE_DATABASE_URL });
  await store.migrations.up();
  for (const schedule of [nightly, byHand, removed]) await store.schedules.insert(schedule, NO_PAYLOAD);
  await store.schedules.remove(removed.id);
  await store.close();
  const terminal = recordingTerminal();
  await parseCommandLine(words.split(' '))?.run(config, terminal);
  return terminal.printed;
}

test('schedule list shows a line for each schedule that was not removed', async () => {
  expect(await list('schedule list')).toEqual([
    'NAME         TYPE   CRON       TIME ZONE      STATE   NEXT RUN',
    'nightly�[2J  etl    0 2 * * *  Europe/Berlin  active  2023-11-14T22:13:20.123Z',
    'by hand      alert  on demand                 active',
  ]);
});

test('schedule list --json gives their fields, times in ISO 8601', async () => {
  const [text = ''] = await list('schedule list --json');
  const { removed: _, ...fields } = nightly;
  const time = new Date(NOW).toISOString();
  expect(JSON.parse(text)).toMatchObject([{ ...fields, nextRun: time, created: time }, { nextRun: null }]);
});
