import { beforeAll, describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { type JobgateNode, jobgateNodes } from '../support/jobgate-node.ts';
import { ClmClient, element, pageOf } from './clm-client.ts';
import { fillGroup } from './fill-group.ts';
import { SlowReader } from './slow-reader.ts';

const MIB = 1024 * 1024;
const MOST_MEMORY = 150 * MIB;

forEachEngine((engine) => {
  const nodes = jobgateNodes();
  // A tenth is enough to see on the second engine that it streams too.
  const magnitude = engine.name === 'mysql' ? 6 : 5;
  const count = 10 ** magnitude;
  let node: JobgateNode;
  let client: ClmClient;

  beforeAll(async () => {
    const url = await engine.url();
    node = await nodes.serve(url, {}, '--no-worker');
    await fillGroup(engine, url, 'long', magnitude);
    client = await new ClmClient(node.origin).login();
  });

  describe(`a list of ${count} records with max -1`, () => {
    test('comes whole and in order, at the pace of its reader, and others are answered meanwhile', async () => {
      const atRest = node.memory();
      let most = atRest;
      const waits: number[] = [];
      const reader = new SlowReader(client, pageOf('jobGroup', 'long', 0, -1));
      let ended = false;
      const list = reader.ended().finally(() => {
        ended = true;
      });
      await reader.begun();

      // While nobody takes the answer the node must stop reading, not fill its memory.
      reader.pause();
      await node.idle();
      most = Math.max(most, node.memory());
      reader.resume();

      await eventually(
        'the list has ended',
        async () => {
          const { status, ms } = await client.send(
            'getAsyncOperationJobRecords',
            client.tokenElement + element('job_id', 'x'),
          );
          expect(status).toBe(200);
          waits.push(ms);
          most = Math.max(most, node.memory());
          return ended;
        },
        60_000,
      );
      expect(await list).toEqual({ total: count, inOrder: count, whole: true });
      expect(most - atRest).toBeLessThan(MOST_MEMORY);
      // Nine in ten: a busy machine makes one or the other wait, a starved server all of them.
      const slow = waits.filter((ms) => ms > 500);
      expect(slow.length).toBeLessThanOrEqual(waits.length / 10);
    });

    test('leaves nothing running when its reader goes away', async () => {
      const reader = new SlowReader(client, pageOf('jobGroup', 'long', 0, -1));
      await reader.begun();
      reader.socket.destroy();
      await eventually('the request is over', () => node.log.some(({ outcome }) => outcome === 'aborted'));
      await node.idle();
      expect(reader.bytes).toBeLessThan(10 * MIB);
      expect((await client.group('long', count - 1, 5)).records.map(({ id }) => id)).toEqual([
        `t${count - 1}`,
      ]);
    });
  });
});
