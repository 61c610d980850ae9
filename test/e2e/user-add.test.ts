import { describe, expect, test } from 'vitest';
import { jobgate } from '../commands/jobgate-process.ts';
import { forEachEngine } from '../support/engines.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { ClmClient, element, textOf } from './clm-client.ts';

forEachEngine((engine) => {
  const nodes = jobgateNodes();

  describe('jobgate user add, while a gateway runs,', () => {
    test('adds a user who can log in there at once, and sees only what is theirs', async () => {
      const url = await engine.url();
      const { origin } = await nodes.serve(url, {}, '--no-worker');
      const admin = await new ClmClient(origin).login();
      const foreign = await admin.execute('walk');

      const environment = { JOBGATE_DATABASE_URL: url };
      const input = 'gehört mir\n';
      expect(await jobgate(['user', 'add', 'ann', '--password-stdin'], { environment, input })).toEqual({
        ...{ code: 0, stderr: '' },
        stdout: 'added user ann\n',
      });

      const ann = await new ClmClient(origin).login('ann', 'gehört mir');
      const own = await ann.execute('walk');
      expect(textOf(await ann.call('getAsyncOperationJobRecords', element('job_id', own)), 'username')).toBe(
        'ann',
      );
      expect(await ann.call('getAsyncOperationJobRecords', element('job_id', foreign))).not.toContain(
        '<jobId>',
      );
      expect(await ann.kill(foreign)).toBe(20);
      const everybody = element('include_all_user', 'true');
      expect(textOf(await ann.call('listAllAsyncOperationJobRecords', everybody), 'errorCode')).toBe('13');
      expect(await admin.jobIds()).toEqual([foreign, own]);
    });
  });
});
