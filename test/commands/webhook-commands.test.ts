import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/commands/command-line.ts';
import { loadConfig } from '../../src/config.ts';
import { openStore, type Store } from '../../src/storage/open-store.ts';
import { ENDED, endedRun, type SentRun, submittedRun } from '../webhooks/ended-run.ts';
import { recordingTerminal } from './recording-terminal.ts';

const HOOK = 'https://example.com/hook';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jobgate-webhook-'));
  store = await openStore({ url: `sqlite:${join(folder, 'jobgate.db')}` });
  await store.migrations.up();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** What `jobgate WORDS` prints. */
async function jobgate(words: string): Promise<string[]> {
  const terminal = recordingTerminal();
  const config = loadConfig({ JOBGATE_DATABASE_URL: `sqlite:${join(folder, 'jobgate.db')}` });
  await parseCommandLine(words.split(' '))?.run(config, terminal);
  return terminal.printed;
}

async function deadRun(): Promise<SentRun> {
  const run = await endedRun(store, HOOK);
  const [attempt] = await store.webhooks.claim({ formats: ['test'], limit: 1, leaseMs: 9_000, now: ENDED });
  if (!attempt) throw new Error('nothing was due');
  await store.webhooks.failed(attempt, { status: 410, error: 'gone' }, null, ENDED);
  return run;
}

describe('webhook list', () => {
  test('shows webhooks with their state, attempts and last error', async () => {
    const dead = await deadRun();
    const waiting = await submittedRun(store, HOOK);
    const [heading, first, second] = await jobgate('webhook list');
    expect(heading?.split(/ {2,}/)).toEqual(['ID', 'STATE', 'ATTEMPTS', 'NEXT', 'JOB', 'URL', 'LAST ERROR']);
    expect(first?.split(/ +/)).toEqual([waiting.webhookId, 'waiting', '0', waiting.jobId, HOOK]);
    expect(second?.split(/ +/)).toEqual([dead.webhookId, 'dead', '1', dead.jobId, HOOK, 'gone']);
  });

  test('shows those of one state', async () => {
    const { webhookId } = await deadRun();
    await submittedRun(store, HOOK);
    const [, ...lines] = await jobgate('webhook list --state dead');
    expect(lines).toEqual([expect.stringContaining(webhookId)]);
  });

  test('prints JSON when told to', async () => {
    const { webhookId, jobId } = await deadRun();
    expect((await jobgate('webhook list --json')).map((line) => JSON.parse(line))).toEqual([
      [
        {
          ...{ id: webhookId, jobId, owner: 'alice', url: HOOK, format: 'test', state: 'dead' },
          ...{ attempts: 1, nextAttempt: null, lastStatus: 410, lastError: 'gone' },
          ...{ created: '2023-11-14T22:13:20.123Z', settled: '2023-11-14T22:13:20.143Z' },
        },
      ],
    ]);
  });

  test('knows no other states', async () => {
    await expect(jobgate('webhook list --state lost')).rejects.toThrow(
      '--state must be one of waiting, due, delivered, dead, not "lost"',
    );
  });
});

describe('webhook redeliver', () => {
  test('makes a dead one due now', async () => {
    const { webhookId } = await deadRun();
    const before = Date.now();
    expect(await jobgate(`webhook redeliver ${webhookId}`)).toEqual([
      `webhook ${webhookId} is due; a node that serves or works sends it`,
    ]);
    const [webhook] = await store.webhooks.list({ limit: 1 });
    expect(webhook).toMatchObject({ state: 'due', attempts: 0 });
    expect(webhook?.nextAttempt).toBeGreaterThanOrEqual(before);
  });

  test('refuses one that is not settled, and one that there is not', async () => {
    const { webhookId } = await submittedRun(store, HOOK);
    await expect(jobgate(`webhook redeliver ${webhookId}`)).rejects.toThrow(
      `webhook ${webhookId} is waiting, neither dead nor delivered`,
    );
    await expect(jobgate('webhook redeliver msg_none')).rejects.toThrow('there is no webhook msg_none');
  });
});
