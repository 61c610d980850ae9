import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { NOW } from '../storage/sample-job.ts';
import { NO_PAYLOAD, sampleSchedule } from '../storage/sample-schedule.ts';
import { forEachEngine } from '../support/engines.ts';

const START_DUE = fileURLToPath(new URL('./processes/start-due.js', import.meta.url));
const SCHEDULES = 40;

forEachEngine((engine) => {
  test('two processes that find the same runs due start each of them once', async () => {
    const url = await engine.url();
    const store = await engine.openStore(url);
    for (let i = 0; i < SCHEDULES; i++) await store.schedules.insert(sampleSchedule(), NO_PAYLOAD);

    const nodes = [0, 1].map(() => spawn(process.execPath, [START_DUE, url, String(NOW)]));
    const outputs = nodes.map((node) => linesOf(node));
    for (const output of outputs) expect((await output.next()).value).toBe('ready');
    for (const node of nodes) node.stdin.end('go\n');
    const started = [];
    for (const output of outputs) started.push(Number((await output.next()).value));
    await Promise.all(nodes.map((node) => node.exitCode ?? once(node, 'exit')));

    // Both had a part in it, or this test has shown nothing.
    expect(Math.min(...started)).toBeGreaterThan(0);
    expect(started.reduce((sum, count) => sum + count)).toBe(SCHEDULES);
    expect(await store.jobs.countOpen()).toMatchObject({ queued: SCHEDULES });
  });
});

function linesOf(node: ChildProcess): AsyncIterator<string> {
  if (!node.stdout) throw new Error('the process has no output');
  return createInterface({ input: node.stdout })[Symbol.asyncIterator]();
}
