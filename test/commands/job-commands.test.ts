import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CommandFailed } from '../../src/commands/command.ts';
import { parseCommandLine } from '../../src/commands/command-line.ts';
import { progressBar } from '../../src/commands/progress-bar.ts';
import { loadConfig } from '../../src/config.ts';
import type { JobDetail } from '../../src/core/job.ts';
import type { FinalJobState } from '../../src/core/job-state.ts';
import { openStore, type Store } from '../../src/storage/open-store.ts';
import { cheapAccount } from '../support/cheap-account.ts';
import { recordingTerminal } from './recording-terminal.ts';

const CATALOGUE = fileURLToPath(new URL('../../../fixtures/catalogue.json', import.meta.url));

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jobgate-job-'));
  store = await openStore({ url: `sqlite:${join(folder, 'jobgate.db')}` });
  await store.migrations.up();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Runs `jobgate ARGS` in this process; on a screen of `columns` where that is given. */
async function jobgate(words: string, columns?: number) {
  const terminal = recordingTerminal(columns === undefined ? {} : { columns });
  const config = loadConfig({
    JOBGATE_DATABASE_URL: `sqlite:${join(folder, 'jobgate.db')}`,
    JOBGATE_CATALOGUE: CATALOGUE,
  });
  await parseCommandLine(words.split(' '))?.run(config, terminal);
  return terminal;
}

async function submitted(words = 'job submit walk'): Promise<string> {
  return (await jobgate(words)).printed[0] ?? '';
}

async function detailOf(id: string): Promise<JobDetail> {
  const job = await store.jobs.findDetail(id);
  if (!job) throw new Error(`no job ${id}`);
  return job;
}

async function claim() {
  const [claimed] = await store.queue.claim({ workerId: 'w', limit: 1, leaseMs: 60_000, now: Date.now() });
  if (!claimed) throw new Error('nothing was queued');
  return claimed;
}

async function end(state: FinalJobState, errorMessage: string | null = null): Promise<void> {
  await store.queue.finish(await claim(), { state, result: { done: true }, errorMessage }, Date.now());
}

describe('job submit', () => {
  test('stores the job with all that it is given, for the first administrator, and prints its id', async () => {
    const id = await submitted(
      'job submit walk --group g --target t1 --target t2 --argument 20 --parameter rows=a=b --type import',
    );
    expect(await detailOf(id)).toMatchObject({
      ...{ program: 'walk', group: 'g', owner: 'admin', state: 'queued', type: 'import' },
      parameters: [{ name: 'rows', value: 'a=b' }],
    });
    expect(await store.jobs.findPayload(id)).toMatchObject({ arguments: ['20'], targets: ['t1', 't2'] });
  });

  test('stores it for an account', async () => {
    await store.accounts.insert(cheapAccount('ann', 'secret', 'user', 0));
    expect(await detailOf(await submitted('job submit walk --owner ann'))).toMatchObject({ owner: 'ann' });
  });

  test('prints JSON when told to', async () => {
    const [line = ''] = (await jobgate('job submit walk --json')).printed;
    expect(await detailOf(JSON.parse(line).id)).toMatchObject({ program: 'walk' });
  });

  test.each([
    ['an account that is not there', '--owner ann', 'there is no account ann'],
    ['a group with too many characters', `--group ${'g'.repeat(65)}`, 'the job group must be at most 64'],
  ])('refuses %s', async (_, option, message) => {
    await expect(jobgate(`job submit walk ${option}`)).rejects.toThrow(message);
  });

  test('refuses a program that is not there', async () => {
    await expect(jobgate('job submit none')).rejects.toThrow('there is no program named "none"');
  });

  test.each([
    ['--parameter =x', '--parameter needs NAME=VALUE, not "=x"'],
    ['--type none', '--type must be one of transaction, import, export, schema-sync, program, not "none"'],
  ])('does not understand %s', async (option, message) => {
    await expect(jobgate(`job submit walk ${option}`)).rejects.toThrow(message);
  });
});

describe('job list', () => {
  test('is a table of all jobs, the newest first', async () => {
    const ids = [await submitted(), await submitted('job submit fail --group g')];
    await end('completed');
    const { printed } = await jobgate('job list');
    expect(printed[0]).toMatch(/^ID +STATE +% +PROGRAM +OWNER +GROUP +CREATED$/);
    expect(printed[1]).toMatch(new RegExp(`^${ids[1]} +queued +0 +fail +admin +g +20`));
    expect(printed[2]).toMatch(new RegExp(`^${ids[0]} +completed +100 +walk +admin +${ids[0]} +20`));
  });

  test('is narrowed by group, owner and state', async () => {
    const id = await submitted('job submit walk --group g');
    await submitted();
    for (const option of ['--group g', '--state queued --group g', '--owner admin --group g']) {
      const [line = ''] = (await jobgate(`job list --json ${option}`)).printed;
      expect(JSON.parse(line)).toMatchObject({ total: 1, jobs: [{ id, state: 'queued' }] });
    }
    expect((await jobgate('job list --owner nobody')).printed).toHaveLength(1);
  });

  test('says how many there are beside those it shows', async () => {
    for (let n = 0; n < 3; n += 1) await submitted();
    const { printed, told } = await jobgate('job list --skip 1 --take 1');
    expect(printed).toHaveLength(2);
    expect(told).toEqual(['1 of 3; --skip and --take show others']);
  });

  test('shows what a client wrote without letting it move the cursor', async () => {
    const id = await submitted();
    await store.jobs.setComment(id, 'x', 0);
    await jobgate('job list');
    expect((await jobgate('job list')).printed.join('')).not.toMatch(/\p{Cc}/u);
  });

  test.each([
    ['--state none', '--state must be one of created, queued'],
    ['--take x', '--take needs a whole number, 0 or more, not "x"'],
    ['--skip -1', 'argument is ambiguous'],
  ])('does not understand %s', async (option, message) => {
    await expect(jobgate(`job list ${option}`)).rejects.toThrow(message);
  });
});

describe('job show', () => {
  test('shows what went in, what came out and the log', async () => {
    const id = await submitted('job submit walk --target t --argument 20');
    const claimed = await claim();
    await store.queue.appendLog(claimed, [{ level: 2, text: 'a\u001b[2J', at: 5 }]);
    await store.queue.finish(claimed, { state: 'completed', result: [1], errorMessage: null }, 7);
    const [line = ''] = (await jobgate(`job show ${id} --json`)).printed;
    expect(JSON.parse(line)).toMatchObject({
      ...{ id, state: 'completed', arguments: ['20'], targets: ['t'], result: [1] },
      completed: '1970-01-01T00:00:00.007Z',
      log: [{ at: '1970-01-01T00:00:00.005Z', level: 2, text: 'a\u001b[2J' }],
    });
    const { printed } = await jobgate(`job show ${id}`);
    expect(printed).toContain('state          "completed"');
    expect(printed.join('')).not.toMatch(/\p{Cc}/u);
  });

  test('says that there is no such job', async () => {
    await expect(jobgate('job show none')).rejects.toThrow('there is no job none');
  });
});

describe('job watch', () => {
  test('draws a bar over and over on a terminal, and leaves the last one', async () => {
    const id = await submitted();
    const claimed = await claim();
    const progress = { startedAt: 1, count: 1, target: 2, percent: 50 };
    await store.queue.report(claimed, { progress, statusMessage: 'half-way' }, 2);
    const watching = jobgate(`job watch ${id}`, 79);
    await store.queue.finish(claimed, { state: 'completed', result: null, errorMessage: null }, 3);
    const { drawn, printed } = await watching;
    expect(drawn.at(-1)).toBe(`${'█'.repeat(30)} 100% completed 1/2 half-way$`);
    expect(printed).toEqual([]);
  });

  test('prints a line for each change where there is no terminal, as JSON when told to', async () => {
    const id = await submitted();
    await end('completed');
    expect((await jobgate(`job watch ${id}`)).printed).toEqual([`${'█'.repeat(30)} 100% completed`]);
    const { printed, drawn } = await jobgate(`job watch ${id} --json`, 79);
    expect(printed.map((line) => JSON.parse(line))).toMatchObject([{ id, state: 'completed' }]);
    expect(drawn).toEqual([]);
  });

  test('fails with the job', async () => {
    const id = await submitted();
    await end('failed', 'disk full');
    const error = await jobgate(`job watch ${id}`).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CommandFailed);
    expect(error).toMatchObject({ message: `job ${id} is failed: disk full` });
  });

  test('cuts its line to the width of the terminal', async () => {
    const job = await detailOf(await submitted());
    expect(progressBar(job, 40)).toHaveLength(40);
    expect(progressBar({ ...job, statusMessage: 'a\u001b[2J' }, 200)).toBe(
      `${'░'.repeat(30)}   0% queued a�[2J`,
    );
  });
});

describe('job kill', () => {
  test('ends a job that waits, and tells the worker of one that runs', async () => {
    const waiting = await submitted();
    expect((await jobgate(`job kill ${waiting}`)).printed).toEqual([`job ${waiting} is cancelled`]);
    const running = await submitted();
    await claim();
    const [line = ''] = (await jobgate(`job kill ${running} --json`)).printed;
    expect(JSON.parse(line)).toEqual({ id: running, state: 'cancelling' });
  });

  test('says that a job has ended', async () => {
    const id = await submitted();
    await end('completed');
    await expect(jobgate(`job kill ${id}`)).rejects.toThrow(`job ${id} has already finished`);
  });
});

test('job retry queues a new job like the one that ended', async () => {
  const id = await submitted('job submit walk --target t --group g');
  await end('failed');
  const [again = ''] = (await jobgate(`job retry ${id}`)).printed;
  expect(await detailOf(again)).toMatchObject({ state: 'queued', group: 'g', program: 'walk' });
  const [line = ''] = (await jobgate(`job retry ${id} --json`)).printed;
  expect(JSON.parse(line)).toMatchObject({ retryOf: id });
});
