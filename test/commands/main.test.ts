import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { USAGE } from '../../src/commands/command-line.ts';
import { jobgate } from './jobgate-process.ts';

let folder: string;
let url: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobgate-commands-'));
  url = `sqlite:${join(folder, 'jobgate.db')}`;
});

afterEach(() => rmSync(folder, { recursive: true }));

const onStore = (input = '') => ({ environment: { JOBGATE_DATABASE_URL: url }, input });

/** What an operator should never have to read. */
const STACK = /\n\s+at |node:internal|\.js:\d/;

describe('jobgate', () => {
  test('help prints the usage, whatever the configuration is', async () => {
    const environment = { JOBGATE_PORT: 'none' };
    expect(await jobgate(['help'], { environment })).toEqual({ code: 0, stdout: `${USAGE}\n`, stderr: '' });
  });

  test.each([
    [[], 'a command is missing'],
    [['user', 'add', 'ann', '--password', 'hunter2'], "Unknown option '--password'"],
  ])('%j ends with 2, the reason and the usage on standard error', async (args, reason) => {
    const ended = await jobgate(args);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^jobgate: /);
    expect(ended.stderr).toContain(reason);
    expect(ended.stderr).toContain(USAGE);
    expect(ended.stderr).not.toMatch(STACK);
    expect(ended.stderr).not.toContain('hunter2');
  });

  test('with a wrong configuration ends with 2, every problem told at once and no password among them', async () => {
    const ended = await jobgate(['serve'], {
      environment: {
        JOBGATE_PORT: 'http',
        JOBGATE_DATABASE_URL: 'oracle://scott:hunter2@db/orcl',
        JOBGATE_PROT: '8080',
        JOBGATE_CATALOGUE: join(folder, 'none.json'),
      },
    });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    const [head, ...problems] = ended.stderr.trimEnd().split('\n');
    expect(head).toBe('jobgate: the configuration has 4 problem(s):');
    expect(problems.map((problem) => problem.trim().split(':')[0]).sort()).toEqual([
      'JOBGATE_CATALOGUE',
      'JOBGATE_DATABASE_URL',
      'JOBGATE_PORT',
      'JOBGATE_PROT',
    ]);
    expect(ended.stderr).not.toContain('hunter2');
    expect(ended.stderr).not.toMatch(STACK);
  });
});

describe('jobgate migrate', () => {
  const lines = (stdout: string) => stdout.trimEnd().split('\n');

  test('status says what is pending, up applies it, down takes the newest back', async () => {
    const before = await jobgate(['migrate', 'status'], onStore());
    expect(before).toMatchObject({ code: 0, stderr: '' });
    for (const line of lines(before.stdout)) expect(line).toMatch(/^pending {2}\S+$/);
    const names = lines(before.stdout).map((line) => line.replace('pending  ', ''));

    const up = await jobgate(['migrate', 'up'], onStore());
    expect(up).toEqual({ code: 0, stdout: names.map((name) => `applied  ${name}\n`).join(''), stderr: '' });
    expect(await jobgate(['migrate', 'up'], onStore())).toEqual(up);
    expect(await jobgate(['migrate', 'status'], onStore())).toEqual(up);

    const down = await jobgate(['migrate', 'down'], onStore());
    expect(down).toMatchObject({ code: 0, stderr: '' });
    expect(lines(down.stdout).at(-1)).toBe(`pending  ${names.at(-1)}`);
    expect(down.stdout.match(/^pending/gm)).toHaveLength(1);
  });

  test.each([
    ['is a folder', () => `sqlite:${folder}`, /unable to open database file/],
    ['refuses the connection', () => 'mysql://jobgate:hunter2@127.0.0.1:1/jobgate', /ECONNREFUSED/],
  ])('of a store that %s ends with 1, says why and repeats no password', async (_, where, reason) => {
    const ended = await jobgate(['migrate', 'status'], { environment: { JOBGATE_DATABASE_URL: where() } });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^jobgate: the job store is not available at the moment: /);
    expect(ended.stderr).toMatch(reason);
    expect(ended.stderr).not.toMatch(STACK);
    expect(ended.stderr).not.toContain('hunter2');
  });
});

describe('jobgate user add', () => {
  const add = ['user', 'add', 'ann', '--password-stdin'];

  test('takes the password from standard input and shows it nowhere; of one that exists it says so', async () => {
    expect(await jobgate([...add, '--role', 'admin'], onStore('hunter2\n'))).toEqual({
      code: 0,
      stdout: 'added admin ann\n',
      stderr: '',
    });
    expect(await jobgate(add, onStore('hunter2\n'))).toEqual({
      code: 1,
      stdout: '',
      stderr: 'jobgate: there is an account ann already\n',
    });
  });

  test('of what cannot be added ends with 1, says why and repeats no password', async () => {
    const ended = await jobgate(add, onStore('hunter2'.repeat(200)));
    expect(ended).toEqual({
      code: 1,
      stdout: '',
      stderr: 'jobgate: the password must be at most 1024 characters\n',
    });
  });

  test('without --password-stdin does not touch the store', async () => {
    expect((await jobgate(['user', 'add', 'ann'], onStore('hunter2\n'))).code).toBe(2);
    expect(existsSync(join(folder, 'jobgate.db'))).toBe(false);
  });
});
