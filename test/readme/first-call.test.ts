import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cheapAccount } from '../support/cheap-account.ts';
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

/** The block that begins with GATE=, as a reader pastes it. */
function otherSystems(origin: string): string {
  const [, section = ''] = README.split('### And the other systems');
  const [script = ''] = /^ {4}GATE=[\s\S]*?(?=^\S)/m.exec(section) ?? [];
  return script.replaceAll('http://127.0.0.1:8080', origin).replaceAll(/\badmin\b/g, 'ann');
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

  test.skipIf(!hasCurl && process.env['CI'] !== 'true')(
    "the README's first calls of the other systems each run a job, as pasted",
    async () => {
      const url = await engine.url();
      const { origin } = await nodes.serve(url);
      const store = await engine.openStore(url);
      // The README's password; those of the tests' own administrator need quoting.
      await store.accounts.insert(cheapAccount('ann', 'secret', 'admin', Date.now()));
      const { stdout } = await run('bash', ['-c', otherSystems(origin)], { timeout: 30_000 });
      const [web3, list, job, results = '', status, result] = stdout.split('\n');
      expect(web3).toMatch(/^<\?xml .*<JobStatus Type="Export" Status="Completed"/);
      expect(list).toMatch(/<JobStatusList Start="0" Count="1" Length="1"/);
      expect(job).toMatch(/^\{"runID":"trial-\d+",.*"status":"Complete"/);
      expect(JSON.parse(results)).toMatchObject(Array.from({ length: 3 }, () => ({ status: 'Complete' })));
      expect(status).toMatch(/^\{"status":[014]\}$/);
      expect(result).toBe('{"walked":0}');
    },
  );
});
