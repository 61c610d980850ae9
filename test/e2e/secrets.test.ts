import { describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { ADMIN_PASSWORD, jobgateNodes } from '../support/jobgate-node.ts';
import { ClmClient, element, loginContent, pidStatus } from './clm-client.ts';

const GUESS = 'a-guess-that-is-wrong';
/** What tells of the inside: a file, a frame of a stack, a statement, a driver. */
const INTERNALS =
  /\/src\/|\/dist|node_modules|node:internal|\.js:\d|\n\s+at |SELECT |INSERT |UPDATE |ER_[A-Z]|SQLITE_|knex|mysql|better-sqlite/i;

forEachEngine((engine) => {
  const nodes = jobgateNodes();

  describe('at the most talkative log level', () => {
    test('passwords and tokens are in no line of the output, and what lies inside is in no fault', async () => {
      const url = await engine.url();
      const node = await nodes.serve(url, { JOBGATE_LOG_LEVEL: 'trace' });
      const client = await new ClmClient(node.origin).login();
      const jobId = await client.execute('walk', { targets: ['x'], args: ['10'] });
      await eventually(
        'the job is complete',
        async () => (await client.job(jobId)).statusName === 'Complete',
      );

      const answers = [
        await client.send('login', loginContent('admin', GUESS)),
        await client.send('login', `${loginContent('admin', ADMIN_PASSWORD)}<port>${GUESS}</port>`),
        await client.send('login', `${loginContent('admin', ADMIN_PASSWORD)}<unclosed>`),
        await client.send('logout', `<token><timeout>x</timeout><token>${client.token}</token>`),
        await client.send(
          'listAllAsyncOperationJobRecords',
          `${client.tokenElement}<other>${client.token}</other>`,
        ),
        await client.send(
          'asyncExecuteProgram',
          client.tokenElement + element('programName', '../../etc/passwd'),
        ),
      ];
      const response = await fetch(`${node.origin}/clm/services/LicenseManager?token=${client.token}`);
      expect(response.status).toBe(405);

      // A store that fails in a way that nobody foresaw.
      for (const table of ['records', 'sessions']) await engine.query(url, `DROP TABLE ${table}`);
      const failed = [
        await client.send('login', loginContent('admin', ADMIN_PASSWORD)),
        await client.send(
          'addPersistentIDStatus',
          client.tokenElement + pidStatus({ jobId, group: 'g', id: 'x' }),
        ),
      ];
      for (const { status, body } of failed) {
        expect(status).toBe(500);
        expect(body).toContain('[1] SYSTEM_ERROR: the server could not complete the operation');
      }
      for (const { status, body } of [...answers, ...failed]) {
        expect(status).toBe(500);
        expect(body).toContain('<faultstring>');
        expect(body).not.toMatch(INTERNALS);
      }

      node.signal('SIGTERM');
      await node.exited;
      const output = node.stdout + node.stderr;
      // The failures are there, for the operator.
      expect(output).toContain('unexpected error');
      for (const secret of [ADMIN_PASSWORD, GUESS, client.token]) expect(output).not.toContain(secret);
    });
  });
});
