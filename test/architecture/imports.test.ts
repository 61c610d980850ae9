import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkHouse } from './check-house.ts';
import { readImports, readProcessUses } from './read-imports.ts';

const SRC = fileURLToPath(new URL('../../../src/', import.meta.url));

test('src keeps the rules of the house', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, source: readFileSync(SRC + path, 'utf8') }));
  expect(files.length).toBeGreaterThan(40);
  expect(checkHouse(files)).toEqual([]);
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are sources, not templates.
describe('the reader of imports', () => {
  test.each([
    [`import { a } from './a.ts';`, ['./a.ts']],
    [`import type { A } from "./a.ts";`, ['./a.ts']],
    [`import a, { type B } from './a.ts';`, ['./a.ts']],
    [`import a from './a.ts';`, ['./a.ts']],
    [`import * as a from './a.ts';`, ['./a.ts']],
    [`import {\n  a,\n  b as c, // from './no.ts'\n} from './a.ts';`, ['./a.ts']],
    [`import './a.ts';`, ['./a.ts']],
    [`export { a } from './a.ts';`, ['./a.ts']],
    [`export type { A } from './a.ts';`, ['./a.ts']],
    [`export * from './a.ts';`, ['./a.ts']],
    [`export * as a from './a.ts';`, ['./a.ts']],
    [`const a = await import('./a.ts');`, ['./a.ts']],
    ['const a = await import(`./a.ts`);', ['./a.ts']],
    [`let a: import('./a.ts').A;`, ['./a.ts']],
    [`type A = typeof import('./a.ts');`, ['./a.ts']],
    [`const a = require('./a.ts');`, ['./a.ts']],
    ['const a = `${`${await import("./a.ts")}`}`;', ['./a.ts']],
    [`const a = { b: {} }; import { c } from './c.ts';`, ['./c.ts']],
  ])('finds %s', (source, expected) => {
    expect(readImports(source)).toEqual(expected);
  });

  test.each([
    `// import { a } from './a.ts';`,
    `/* import './a.ts'; */`,
    `const text = "import { a } from './a.ts'";`,
    'const text = `import("./a.ts") ${a} from "./a.ts"`;',
    `const a = Buffer.from('./a.ts');`,
    `const a = /import '.\\/a.ts'/;`,
    `const a = b / c; const d = 'import "./a.ts"' / 2;`,
    `const a = await import(name);`,
  ])('is not deceived by %s', (source) => {
    expect(readImports(source)).toEqual([]);
  });
});

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.

describe('the reader of process', () => {
  test.each([
    [`process.exit(1);`, ['exit']],
    [`const { env } = process;`, ['process']],
    [`const a = process?.env['A'];`, ['env']],
    [`process\n  .on('exit', stop);`, ['on']],
    [`import { env, pid as id } from 'node:process';`, ['env', 'pid']],
    [`import process from 'node:process'; process.exit();`, ['exit']],
    [`import { env } from './process.ts';`, []],
    [`globalThis.process.exit();`, []],
    [`child.process.kill(); // process.exit`, []],
    [`const text = 'process.env';`, []],
    [`const command = { process: 1 };`, []],
  ])('of %s sees %o', (source, expected) => {
    expect(readProcessUses(source)).toEqual(expected);
  });
});

describe('the check', () => {
  const importing = (path: string, ...specifiers: string[]) => ({
    path,
    source: specifiers.map((specifier) => `import type { A } from '${specifier}';`).join('\n'),
  });

  test.each([
    ['core/job.ts', '../storage/rows.ts', 'core/job.ts imports storage/rows.ts'],
    ['core/job.ts', 'node:fs', 'core/job.ts imports node:fs'],
    ['core/job.ts', 'pino', 'core/job.ts imports pino'],
    ['storage/rows.ts', '../worker/worker.ts', 'storage/rows.ts imports worker/worker.ts'],
    ['worker/module/thread.ts', '../../storage/rows.ts', 'worker/module/thread.ts imports storage/rows.ts'],
    ['xml/reader.ts', '../core/job.ts', 'xml/reader.ts imports core/job.ts'],
    ['soap/codec.ts', '../http/reply.ts', 'soap/codec.ts imports http/reply.ts'],
    ['http/reply.ts', '../dialects/dialect.ts', 'http/reply.ts imports dialects/dialect.ts'],
    ['http/reply.ts', 'knex', 'http/reply.ts imports knex'],
    ['worker/worker.ts', 'mysql2/promise', 'worker/worker.ts imports mysql2/promise'],
    ['dialects/new/routes.ts', '../clm/wire.ts', 'dialects/new/routes.ts imports dialects/clm/wire.ts'],
    ['dialects/new/routes.ts', '../index.ts', 'dialects/new/routes.ts imports dialects/index.ts'],
    ['dialects/new/routes.ts', '../../storage/rows.ts', 'dialects/new/routes.ts imports storage/rows.ts'],
    ['dialects/new/routes.ts', '../../config.ts', 'dialects/new/routes.ts imports config.ts'],
    ['dialects/index.ts', './new/routes.ts', 'dialects/index.ts imports dialects/new/routes.ts'],
    ['main.ts', './storage/rows.ts', 'main.ts imports storage/rows.ts'],
    ['app.ts', './main.ts', 'app.ts imports main.ts'],
    ['config.ts', './app.ts', 'config.ts imports app.ts'],
    ['novelty/thing.ts', './other.ts', 'novelty/thing.ts: no rule says what it may import'],
  ])('reports that %s imports %s', (path, specifier, breach) => {
    expect(checkHouse([importing(path, specifier)])).toEqual([breach]);
  });

  test.each([
    ['core/job.ts', './state.ts'],
    ['core/job.ts', 'node:crypto'],
    ['storage/mysql/rows.ts', '../../core/job.ts'],
    ['worker/module/thread.ts', '../worker.ts'],
    ['soap/codec.ts', '../xml/reader.ts'],
    ['http/reply.ts', 'koa'],
    ['dialects/new/routes.ts', './wire.ts'],
    ['dialects/new/deep/er.ts', '../wire.ts'],
    ['dialects/new/index.ts', '../dialect.ts'],
    ['dialects/new/routes.ts', '../../http/reply.ts'],
    ['dialects/index.ts', './new/index.ts'],
    ['app.ts', './storage/rows.ts'],
    ['commands/serve.ts', '../app.ts'],
    ['main.ts', './config.ts'],
  ])('lets %s import %s', (path, specifier) => {
    expect(checkHouse([importing(path, specifier)])).toEqual([]);
  });

  test('reports a circle, of types too, by the way round', () => {
    const files = [
      importing('core/a.ts', './b.ts'),
      importing('core/b.ts', './c.ts', './d.ts'),
      importing('core/c.ts', './a.ts'),
      importing('core/d.ts'),
    ];
    expect(checkHouse(files)).toEqual(['a circle: core/a.ts -> core/b.ts -> core/c.ts -> core/a.ts']);
  });

  test('reports a file that imports itself', () => {
    expect(checkHouse([importing('core/a.ts', './a.ts')])).toEqual(['a circle: core/a.ts -> core/a.ts']);
  });

  test.each(['core/utils.ts', 'http/types.ts', 'dialects/new/helper.ts'])('reports the name %s', (path) => {
    expect(checkHouse([{ path, source: '' }])).toEqual([`${path} has a name that says nothing`]);
  });

  test('reports a file of 301 lines, not one of 300', () => {
    expect(checkHouse([{ path: 'core/a.ts', source: 'x;\n'.repeat(300) }])).toEqual([]);
    expect(checkHouse([{ path: 'core/a.ts', source: 'x;\n'.repeat(301) }])).toEqual([
      'core/a.ts has 301 lines, over 300',
    ]);
  });

  test('reports who touches process, unless it is main.ts', () => {
    const source = 'process.exit(process.hrtime.bigint() > 0n ? 1 : 0);';
    expect(checkHouse([{ path: 'core/a.ts', source }])).toEqual(['core/a.ts touches process.exit']);
    expect(checkHouse([{ path: 'main.ts', source }])).toEqual([]);
  });
});
