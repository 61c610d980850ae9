import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';

const NODE = dirname(process.execPath);
const BASICS = { PATH: NODE, HOME: '/home/jobgate', LANG: 'C.UTF-8', TZ: 'Asia/Tokyo' };
const ENVIRONMENT = { ...BASICS, DATABASE_PASSWORD: 'secret', JOBGATE_CALLBACK_URL: 'http://jobgate:8080/' };

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobgate-programs-'));
  mkdirSync(join(folder, 'work'));
  writeFileSync(join(folder, 'script.sh'), '#!/bin/sh\n');
  writeFileSync(join(folder, 'data.txt'), '');
  chmodSync(join(folder, 'script.sh'), 0o755);
});

afterAll(() => rmSync(folder, { recursive: true }));

function load(programs: object, environment: Record<string, string> = {}) {
  const path = join(folder, 'catalogue.json');
  writeFileSync(path, JSON.stringify({ programs }));
  return loadConfig({ ...ENVIRONMENT, ...environment, JOBGATE_CATALOGUE: path });
}

/** The problems, without the setting and the file that each begins with. */
function problemsOf(programs: object, environment: Record<string, string> = {}): string[] {
  try {
    load(programs, environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => problem.replace(/^JOBGATE_CATALOGUE: .*catalogue\.json: /, ''));
  }
  return [];
}

describe('a command', () => {
  test('is looked up in PATH, runs in the folder of the catalogue, and sees no setting of jobgate', () => {
    const { programs } = load({ count: { command: ['node', './count.js', '--all'] } }).catalogue;
    expect(programs.get('count')).toEqual({
      ...{ kind: 'command', name: 'count', type: 'program', published: true },
      argv: [join(NODE, 'node'), './count.js', '--all'],
      cwd: folder,
      environment: BASICS,
      timeLimitMs: null,
    });
  });

  test('may be a path from the catalogue, and have a folder, an environment, a limit, a type', () => {
    const { programs } = load({
      script: {
        command: ['./script.sh'],
        directory: 'work',
        environment: { MODE: 'fast', TZ: 'UTC', PGPASSWORD: { from: 'DATABASE_PASSWORD' } },
        ...{ timeLimitSeconds: 1.5, type: 'import', published: false, description: 'For people.' },
      },
    }).catalogue;
    expect(programs.get('script')).toEqual({
      ...{ kind: 'command', name: 'script', type: 'import', published: false },
      argv: [join(folder, 'script.sh')],
      cwd: join(folder, 'work'),
      environment: { ...BASICS, MODE: 'fast', TZ: 'UTC', PGPASSWORD: 'secret' },
      timeLimitMs: 1_500,
    });
  });
});

describe('an http program', () => {
  test('has a URL, an hour, and headers whose values may come from the environment', () => {
    const { catalogue, JOBGATE_CALLBACK_URL } = load(
      {
        mail: {
          http: 'https://mailer.example/jobs',
          headers: { Authorization: { from: 'MAILER' }, 'X-A': 'b' },
        },
      },
      { MAILER: 'Bearer secret' },
    );
    expect(JOBGATE_CALLBACK_URL).toBe('http://jobgate:8080');
    expect(catalogue.programs.get('mail')).toEqual({
      ...{ kind: 'http', name: 'mail', type: 'program', published: true },
      url: 'https://mailer.example/jobs',
      headers: { Authorization: 'Bearer secret', 'X-A': 'b' },
      timeLimitMs: 3_600_000,
    });
  });

  test('needs to be told where to report', () => {
    expect(problemsOf({ mail: { http: 'http://mailer/' } }, { JOBGATE_CALLBACK_URL: '' })).toEqual([
      'JOBGATE_CALLBACK_URL: is missing; the endpoint of the http program "mail" must be told where to report',
    ]);
  });

  test.each([
    'jobgate:8080',
    'ftp://jobgate',
    'http://a:b@jobgate',
    'http://jobgate/?a=b',
    'http://jobgate/#a',
  ])('cannot be told to report to %s', (url) => {
    expect(problemsOf({}, { JOBGATE_CALLBACK_URL: url })).toEqual([
      'JOBGATE_CALLBACK_URL: must be an http or https URL without a user, a query and a fragment',
    ]);
  });
});

describe('problems of commands and http programs', () => {
  test('of form are all reported with their places', () => {
    expect(
      problemsOf({
        none: { command: [] },
        both: { command: ['node'], http: 'http://a/' },
        text: { command: 'node x.js' },
        environment: {
          command: ['node'],
          environment: { 'a b': 'x', OWN: { from: 'JOBGATE_DATABASE_URL' }, N: 1 },
        },
        limit: { http: 'http://a/', timeLimitSeconds: 0 },
        header: { http: 'http://a/', headers: { 'a:': 'b', ok: {} } },
      }),
    ).toEqual([
      '/programs/none/command: must NOT have fewer than 1 items',
      '/programs/both: must NOT have additional properties "http"',
      '/programs/text/command: must be array',
      expect.stringMatching(/^\/programs\/environment\/environment: the name "a b" must match pattern/),
      expect.stringMatching(/^\/programs\/environment\/environment\/OWN\/from: must match pattern/),
      '/programs/environment/environment/N: must be string',
      '/programs/limit/timeLimitSeconds: must be > 0',
      expect.stringMatching(/^\/programs\/header\/headers: the name "a:" must match pattern/),
      "/programs/header/headers/ok: must have required property 'from'",
    ]);
  });

  test('that the world has with them are too', () => {
    expect(
      problemsOf(
        {
          a: { command: ['no-such-tool'], environment: { A: { from: 'NOT_THERE' } } },
          b: { command: ['./data.txt'], directory: './nowhere' },
          c: { http: 'mailer', headers: { A: { from: 'TWO_LINES' } } },
          d: { http: 'http://me:secret@mailer/' },
        },
        { TWO_LINES: 'a\nb' },
      ),
    ).toEqual([
      '/programs/a/environment/A: there is no environment variable NOT_THERE',
      '/programs/a/command/0: there is no file to run: no-such-tool',
      '/programs/b/command/0: there is no file to run: ./data.txt',
      `/programs/b/directory: there is no folder ${join(folder, 'nowhere')}`,
      '/programs/c/http: is no http or https URL',
      '/programs/c/headers/A: no header can have this value',
      '/programs/d/http: a user name or password belongs into a header, with its value from the environment',
    ]);
  });
});
