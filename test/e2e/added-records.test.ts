import { describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { ClmClient } from './clm-client.ts';

const CLIENTS = 32;
const EACH = 20;

forEachEngine((engine) => {
  const nodes = jobgateNodes();

  describe(`${CLIENTS} clients that add ${EACH} records each to one group, through two gateways`, () => {
    test('lose none, leave no gap, and find each its own in its own order', async () => {
      const url = await engine.url();
      const gateways = await Promise.all([1, 2].map(() => nodes.serve(url, {}, '--no-worker')));
      const { token } = await new ClmClient(gateways[0]?.origin ?? '').login();
      const numbers = Array.from({ length: EACH }, (_, n) => n);
      const answered = await Promise.all(
        Array.from({ length: CLIENTS }, async (_, index) => {
          const client = new ClmClient(gateways[index % 2]?.origin ?? '', token);
          const recordIds: string[] = [];
          for (const n of numbers) {
            recordIds.push(await client.addRecord({ jobId: `client-${index}`, group: 'shared', id: `${n}` }));
          }
          return recordIds;
        }),
      );

      const reader = new ClmClient(gateways[0]?.origin ?? '', token);
      const { total, records } = await reader.group('shared');
      expect(total).toBe(CLIENTS * EACH);
      const [group] = records[0]?.recordId.split('-') ?? [];
      expect(records.map(({ recordId }) => recordId)).toEqual(
        records.map((_, position) => `${group}-${position}`),
      );
      for (const [index, recordIds] of answered.entries()) {
        const own = records.filter(({ jobId }) => jobId === `client-${index}`);
        expect(own.map(({ id }) => Number(id))).toEqual(numbers);
        expect(own.map(({ recordId }) => recordId)).toEqual(recordIds);
        expect((await reader.records(`client-${index}`)).records).toEqual(own);
      }
    });
  });
});
