import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../support/eventually.ts';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const START_WITHIN_MS = 15_000;

/** `jobgate worker` on a store of its own, once it has said that it is up; `lines` is its log so far. */
async function startWorker(settings: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'jobgate-worker-'));
  const child = spawn(process.execPath, [MAIN, 'worker'], {
    env: { JOBGATE_DATABASE_URL: `sqlite:${join(folder, 'jobgate.db')}`, ...settings },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true });
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const lines = () =>
    output
      .split('\n')
      .slice(0, -1)
      .map((line): Record<string, unknown> => JSON.parse(line));
  const said = (message: string) =>
    eventually(message, () => lines().find(({ msg }) => msg === message), START_WITHIN_MS);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  await said('worker started');
  return { lines, said, stop };
}

test('a worker alone answers probes and metrics at the port it is given, and nothing else', async () => {
  const worker = await startWorker({ JOBGATE_WORKER_PORT: '0' });
  const { host, port } = await worker.said('probes listening');
  const get = (path: string) => fetch(`http://${host}:${port}${path}`);
  expect((await get('/healthz')).status).toBe(200);
  expect((await get('/readyz')).status).toBe(200);
  await eventually('a claim is counted', async () =>
    /jobgate_claim_duration_seconds_count [1-9]/.test(await (await get('/metrics')).text()),
  );
  expect((await get('/clm/services/LicenseManager?wsdl')).status).toBe(404);
  await worker.stop();
});

test('a worker alone that is given no port listens nowhere', async () => {
  const secret = `whsec_${Buffer.alloc(32).toString('base64')}`;
  const worker = await startWorker({ JOBGATE_PORT: '1', JOBGATE_WEBHOOK_SECRETS: secret });
  await worker.stop();
  expect(worker.lines().map(({ msg }) => msg)).toEqual(['worker started', 'stopped']);
});
