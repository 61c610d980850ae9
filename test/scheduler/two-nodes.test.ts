import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { NOW } from '../storage/sample-job.ts';
import { NO_PAYLOAD, sampleSchedule } from '../storage/sample-schedule.ts';
import { forEachEngine } from '../support/engines.ts';

const START_DUE = fileURLToPath(new URL('./processes/start-due.js', import.meta.url));
const SCHEDULES = 30;

forEachEngine((engine) => {
  test('two processes that find the same runs due start each of them once', async () => {
    const url = await engine.url();
    const store = await engine.openStore(url);
    for (let i = 0; i < SCHEDULES; i++) await store.schedules.insert(sampleSchedule(), NO_PAYLOAD);

    const nodes = [0, 1].map(() => spawn(process.execPath, [START_DUE, url, String(NOW)]));
    const outputs = nodes.map(numbersOf);
    for (const next of outputs) expect(await next()).toBe(SCHEDULES);
    for (const node of nodes) node.stdin.end('go\n');
    const started = await Promise.all(outputs.map((next) => next()));
    await Promise.all(nodes.map((node) => node.exitCode ?? once(node, 'exit')));

    expect(started.reduce((sum, count) => sum + count)).toBe(SCHEDULES);
    expect(await store.jobs.countOpen()).toMatchObject({ queued: SCHEDULES });
  });
});

/** The lines that a process prints, one a call. */
function numbersOf({ stdout }: ChildProcess): () => Promise<number> {
  if (!stdout) throw new Error('the process has no output');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return async () => Number((await lines.next()).value);
}
