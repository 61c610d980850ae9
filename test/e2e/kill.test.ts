import { beforeAll, describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { type JobgateNode, jobgateNodes } from '../support/jobgate-node.ts';
import { ClmClient, element, textOf } from './clm-client.ts';

const WITHIN_MS = 2_000;

forEachEngine((engine) => {
  const nodes = jobgateNodes();
  let worker: JobgateNode;
  let apart: JobgateNode;
  let token: string;

  beforeAll(async () => {
    const url = await engine.url();
    [worker, apart] = await Promise.all([
      nodes.serve(url, { JOBGATE_WORKER_CONCURRENCY: '2' }),
      nodes.serve(url, {}, '--no-worker'),
    ]);
    ({ token } = await new ClmClient(worker.origin).login());
  });

  describe.each([
    ['the node that runs it', () => worker],
    ['a gateway without a worker', () => apart],
  ])('a kill, asked of %s,', (_, gateway) => {
    let client: ClmClient;

    beforeAll(() => {
      client = new ClmClient(gateway().origin, token);
    });

    test.each([
      ['a program that heeds the signal', 'walk', '600000'],
      ['a program that burns and never looks at it', 'burn', '600'],
    ])('ends %s within 2 s', async (_, program, arg) => {
      const jobId = await client.execute(program, { targets: ['one', 'two'], args: [arg] });
      await eventually('it runs', async () => (await client.job(jobId)).statusName === 'Running');

      const begun = performance.now();
      expect(await client.kill(jobId)).toBe(0);
      const job = await eventually(
        'it is killed',
        async () => {
          const seen = await client.job(jobId);
          return seen.statusName !== 'Running' && seen;
        },
        WITHIN_MS - (performance.now() - begun),
      );
      expect(job.statusName).toBe('Killed');
      expect(job.completed).not.toBe('');
      await worker.idle();
      expect(await client.kill(jobId)).toBe(22);
      const status = await client.call('getAsyncOperationStatus', element('taskID', jobId));
      expect(textOf(status, 'errorCode')).toBe('20');
    });

    test('ends at once a job that no worker has yet', async () => {
      const busy = await Promise.all(
        Array.from({ length: 2 }, () => client.execute('walk', { targets: ['x'], args: ['600000'] })),
      );
      const jobId = await client.execute('walk');
      expect(await client.kill(jobId)).toBe(0);
      expect((await client.job(jobId)).statusName).toBe('Killed');
      for (const id of busy) await client.kill(id);
    });
  });
});
