import { describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { ClmClient } from './clm-client.ts';
import { storedJob } from './stored-job.ts';

const LEASE_MS = 1_000;
const ENDED_BADLY = ['Failed', 'Killed', 'Abandoned'];

forEachEngine((engine) => {
  const nodes = jobgateNodes();

  describe.concurrent('after kill -9', () => {
    test('of a worker its job runs again on another, within the lease and 2 s, and ends once', async () => {
      const url = await engine.url();
      const gateway = await nodes.serve(url, {}, '--no-worker');
      const workers = await Promise.all([nodes.worker(url), nodes.worker(url)]);
      const client = await new ClmClient(gateway.origin).login();
      const targets = ['a', 'b', 'c', 'd'];
      const jobId = await client.execute('walk', { targets, args: ['200'] });
      const watched = watch(client, jobId);

      await eventually('the first target is done', async () => (await client.records(jobId)).total > 0);
      const { worker_id: holder } = await storedJob(engine, url, jobId);
      const lost = workers.find(({ pid }) => holder?.includes(`-${pid}-`));
      await lost?.kill9();
      const again = await eventually(
        'the job runs again',
        async () => {
          const job = await storedJob(engine, url, jobId);
          return job.attempt === 2 && job.state === 'running' && job;
        },
        LEASE_MS + 2_000,
      );
      expect(again.worker_id).not.toBe(holder);

      const seen = await watched;
      expect(seen.filter((status) => ENDED_BADLY.includes(status))).toEqual([]);
      expect(seen).toContain('Running');
      expect(seen.at(-1)).toBe('Complete');
      expect(await storedJob(engine, url, jobId)).toMatchObject({
        state: 'completed',
        attempt: 2,
        losses: 1,
      });
      const ends = () =>
        workers.flatMap(({ log }) => log.filter(({ msg, jobId: of }) => msg === 'job ended' && of === jobId));
      // The worker logs the end after it has stored it.
      await eventually('the end is logged', () => ends().length > 0);
      expect(ends()).toMatchObject([{ departure: 'completed', attempt: 2 }]);
      // The second run starts from the beginning; of the first remains what it had recorded.
      const recorded = (await client.records(jobId)).records.map(({ id }) => id);
      expect(recorded.slice(-targets.length)).toEqual(targets);
      expect(recorded.slice(0, -targets.length)).toEqual(targets.slice(0, recorded.length - targets.length));
    });

    test('of the whole node everything that it acknowledged is there when it is back, and every job ends', async () => {
      const url = await engine.url();
      const node = await nodes.serve(url);
      const client = await new ClmClient(node.origin).login();
      const added: { recordId: string; id: string }[] = [];
      const submitted: string[] = [];
      const targets = ['x', 'y'];

      /** Goes on until the node is gone. */
      const add = async (adder: number) => {
        for (let n = 0; ; n += 1) {
          const id = `${adder}.${n}`;
          added.push({ recordId: await client.addRecord({ jobId: `of-${adder}`, group: 'crash', id }), id });
          if (n % 20 === 0) submitted.push(await client.execute('walk', { targets, args: ['40'] }));
        }
      };
      const adders = Array.from({ length: 8 }, (_, adder) => add(adder).catch(() => {}));
      await eventually('much is under way', () => added.length > 400 && submitted.length > 8, 15_000);
      await node.kill9();
      await Promise.all(adders);

      const back = new ClmClient((await nodes.serve(url)).origin, client.token);
      const { total, records } = await back.group('crash');
      expect(total).toBe(records.length);
      expect(new Set(records.map(({ recordId }) => recordId)).size).toBe(total);
      const stored = new Map(records.map(({ recordId, id }) => [recordId, id]));
      expect(added.filter(({ recordId, id }) => stored.get(recordId) !== id)).toEqual([]);
      for (let adder = 0; adder < 8; adder += 1) {
        const own = records.filter(({ jobId }) => jobId === `of-${adder}`).map(({ id }) => id);
        expect(own).toEqual(own.map((_, n) => `${adder}.${n}`));
      }

      const jobIds = await back.jobIds();
      expect(submitted.filter((jobId) => !jobIds.includes(jobId))).toEqual([]);
      await Promise.all(
        jobIds.map(async (jobId) => {
          await eventually(
            'it is complete',
            async () => (await back.job(jobId)).statusName === 'Complete',
            15_000,
          );
          const ids = (await back.records(jobId)).records.map(({ id }) => id);
          expect(ids.slice(-2)).toEqual(targets);
        }),
      );
    });
  });
});

/** Each status that a client sees until the job has ended, once in a row. */
async function watch(client: ClmClient, jobId: string): Promise<string[]> {
  const seen: string[] = [];
  await eventually(
    'the job has ended',
    async () => {
      const { statusName } = await client.job(jobId);
      if (seen.at(-1) !== statusName) seen.push(statusName);
      return statusName === 'Complete' || ENDED_BADLY.includes(statusName);
    },
    15_000,
  );
  return seen;
}
