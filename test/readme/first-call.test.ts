import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { ADMIN_PASSWORD, jobgateNodes } from '../support/jobgate-node.ts';

const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const run = promisify(execFile);

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) console.warn("\n*** SKIPPED: the README's first call. There is no curl on this machine. ***\n");

/** The block that begins with the definition of clm(), as a reader pastes it. */
function firstCall(origin: string): string {
  const [, section = ''] = README.split('## A first call');
  const [script = ''] = /^ {4}clm\(\)[\s\S]*?(?=^\S)/m.exec(section) ?? [];
  return script.replaceAll('http://127.0.0.1:8080', origin).replace('secret', ADMIN_PASSWORD);
}

forEachEngine((engine) => {
  const nodes = jobgateNodes();

  test.skipIf(!hasCurl && process.env['CI'] !== 'true')(
    "the README's first call logs in, runs a job to its end and lists what it recorded, as pasted",
    async () => {
      const { origin } = await nodes.serve(await engine.url());
      const { stdout } = await run('bash', ['-c', firstCall(origin)], { timeout: 30_000 });
      expect(stdout).toContain('<listPersistentIDStatusByGroupResult><status><errorCode>0</errorCode>');
      expect(stdout).toContain('<total>2</total>');
      expect(stdout).not.toContain('Fault');
    },
  );
});
