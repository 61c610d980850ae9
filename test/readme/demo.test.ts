import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const DEMO = fileURLToPath(new URL('../demo/demo.js', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

test('the demo plays the main job to its end', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [DEMO], { cwd: ROOT });
  expect(stdout).toMatch(/getAsyncOperationJobRecords: Complete, 100 %/);
  expect(stdout).toContain('offset 4, max 2: of 5: switch-5 (0)');
  expect(stdout).toMatch(/logout: 0\n$/);
});
