import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount } from '../conformance/prepare-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';

const run = promisify(execFile);
const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const ROOT = pathOf('../../../');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
/** What a stranger may have: a strict compiler, and the platform's own declarations alone. */
const OPTIONS = ['--strict', '--exactOptionalPropertyTypes', '--lib', 'es2023,dom', '--types', ''];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobgate-stranger-'));
  const installed = join(folder, 'node_modules/jobgate');
  await mkdir(installed, { recursive: true });
  await copyFile(join(ROOT, 'package.json'), join(installed, 'package.json'));
  // Nothing else of ours, which it must do without.
  await cp(pathOf('../../src/client'), join(installed, 'dist/src/client'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await copyFile(join(ROOT, 'test/client/stranger.ts'), join(folder, 'stranger.ts'));
  const how = ['--module', 'nodenext', '--target', 'es2023', ...OPTIONS, 'stranger.ts'];
  await run(process.execPath, [TSC, ...how], { cwd: folder }).catch(({ stdout }) => {
    throw new Error(`the stranger's program does not compile:\n${stdout}`);
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

forEachEngine((engine) => {
  const nodes = jobgateNodes();

  test('a program of a stranger compiles against the package, and every method does what it says', async () => {
    const url = await engine.url();
    const store = await engine.openStore(url);
    await addAccount(store, { username: 'ann', role: 'user', password: 'pass & word' });
    const catalogue = join(ROOT, 'fixtures/protrak/catalogue.json');
    const gateway = await nodes.serve(url, { JOBGATE_CATALOGUE: catalogue });
    const program = [join(folder, 'stranger.js'), gateway.origin, 'pass & word'];
    const { stdout } = await run(process.execPath, program, { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({
      outcomes: [
        ['Completed', ['100 rows from sourceId to targetId']],
        ['Failed', 'no such table'],
      ],
      isRead: true,
      ran: { rows: 7 },
      listed: ['echo', 'fail', 'DataMigrationProgram'],
      refused: [404, 'JOB_NOT_FOUND'],
      unused: 3,
    });
    await gateway.stop();
  });
});
