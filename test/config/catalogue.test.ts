import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';

const sample = fileURLToPath(new URL('../../../fixtures/catalogue.json', import.meta.url));

let folder: string;
let path: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobgate-catalogue-'));
  path = join(folder, 'catalogue.json');
  writeFileSync(join(folder, 'program.js'), 'export default async () => {};');
});

afterAll(() => rmSync(folder, { recursive: true }));

function programsOf(text: string) {
  writeFileSync(path, text);
  return loadConfig({ JOBGATE_CATALOGUE: path }).catalogue.programs;
}

/** The problems, without the setting and the file that each begins with. */
function problemsOf(text: string): string[] {
  try {
    programsOf(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const prefix = `JOBGATE_CATALOGUE: ${path}: `;
    for (const problem of error.problems) expect(problem.startsWith(prefix)).toBe(true);
    return error.problems.map((problem) => problem.slice(prefix.length));
  }
  return [];
}

describe('a catalogue', () => {
  test('may be left out: then there are no programs', () => {
    expect(loadConfig({}).catalogue.programs.size).toBe(0);
  });

  test('may be empty', () => {
    expect(programsOf('{}').size).toBe(0);
    expect(programsOf('{"programs":{}}').size).toBe(0);
  });

  test('names modules relative to its own folder', () => {
    expect(
      programsOf('{"programs":{"one":{"module":"./program.js","description":"One."}}}').get('one'),
    ).toEqual({
      name: 'one',
      kind: 'module',
      type: 'program',
      published: true,
      module: join(folder, 'program.js'),
    });
  });

  test('may name a program by a name that objects have already', () => {
    const programs = programsOf(
      '{"programs":{"constructor":{"module":"program.js"},"__proto__":{"module":"program.js"}}}',
    );
    expect([...programs.keys()].sort()).toEqual(['__proto__', 'constructor']);
    expect(programsOf('{}').has('constructor')).toBe(false);
  });

  test.each([
    ['is empty', '', [/^cannot be read: Unexpected end of JSON input/]],
    ['is no JSON, where it stops being it', '{"programs":', [/^cannot be read: .*JSON/]],
    ['is no object', '[]', ['/: must be object']],
    ['has programs in a list', '{"programs":[]}', ['/programs: must be object']],
    ['has a word that means nothing', '{"program":{}}', ['/: must NOT have additional properties "program"']],
    [
      'has a program without a module',
      '{"programs":{"a":{"modul":"x"}}}',
      [
        "/programs/a: must have required property 'module'",
        '/programs/a: must NOT have additional properties "modul"',
      ],
    ],
    [
      'has values of the wrong kind',
      '{"programs":{"a":{"module":1},"b":{"module":""},"c":"x"}}',
      [
        '/programs/a/module: must be string',
        '/programs/b/module: must NOT have fewer than 1 characters',
        '/programs/c: must be object',
      ],
    ],
    [
      'has a program without a name',
      '{"programs":{"":{"module":"program.js"}}}',
      ['/programs: the name "" must NOT have fewer than 1 characters'],
    ],
    [
      'has a name of 129 characters',
      `{"programs":{"${'x'.repeat(129)}":{"module":"program.js"}}}`,
      [`/programs: the name "${'x'.repeat(129)}" must NOT have more than 128 characters`],
    ],
    [
      'has a name with a control character',
      '{"programs":{"a\\u0007":{"module":"program.js"}}}',
      [/^\/programs: the name "a\\u0007" must match pattern/],
    ],
    [
      'has a module that no file can be',
      '{"programs":{"a":{"module":"\\u0000"}}}',
      [/^\/programs\/a\/module: must match/],
    ],
  ])('that %s is refused with the place', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(
      problems.map((problem) => (typeof problem === 'string' ? problem : expect.stringMatching(problem))),
    );
  });

  test('has every missing module named, and a folder is no module', () => {
    expect(problemsOf('{"programs":{"a/b":{"module":"none.js"},"c":{"module":"."}}}')).toEqual([
      `/programs/a~1b/module: there is no file ${join(folder, 'none.js')}`,
      `/programs/c/module: there is no file ${folder}`,
    ]);
  });

  test('that is not there is a problem of its setting', () => {
    expect(() => loadConfig({ JOBGATE_CATALOGUE: join(folder, 'none.json') })).toThrow(
      /JOBGATE_CATALOGUE: .*none\.json: cannot be read: ENOENT/,
    );
  });
});

describe('the sample catalogue', () => {
  test('has the programs walk, fail and burn, and others, each with its module', () => {
    const { programs } = loadConfig({ JOBGATE_CATALOGUE: sample }).catalogue;
    expect([...programs.keys()]).toEqual(expect.arrayContaining(['walk', 'fail', 'burn']));
  });

  test('names the published schema for editors', () => {
    const require = createRequire(sample);
    const { $schema } = require(sample);
    expect(require($schema)).toHaveProperty('title', 'jobgate catalogue');
  });
});

test('the published schema is a valid JSON schema, without words that its draft does not know', () => {
  const schema = createRequire(import.meta.url)('../../../src/catalogue.schema.json');
  const ajv = new Ajv({ strict: true, allErrors: true });
  expect(ajv.validateSchema(schema)).toBe(true);
  expect(() => ajv.compile(schema)).not.toThrow();
});
