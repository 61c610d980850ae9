import { beforeAll, describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { type JobgateNode, jobgateNodes } from '../support/jobgate-node.ts';
import { ClmClient } from './clm-client.ts';
import { fillGroup } from './fill-group.ts';

/** More than the store reads at once, so that the list is on its way before its end is known. */
const JOBS = 600;
const RECORDS = 10_000;

forEachEngine((engine) => {
  const nodes = jobgateNodes();
  let node: JobgateNode;
  let token = '';

  beforeAll(async () => {
    const url = await engine.url();
    const store = await engine.openStore(url);
    const insert = (index: number) =>
      store.jobs.insert({
        id: `job-${index}`,
        group: 'g',
        program: 'walk',
        owner: index % 10 === 0 ? 'somebody' : 'admin',
        arguments: [],
        targets: [],
        parameters: [],
        type: 'program',
        state: 'queued',
        created: 1_700_000_000_000,
      });
    await Promise.all(Array.from({ length: JOBS }, (_, index) => insert(index)));
    node = await nodes.serve(url, {}, '--no-worker');
    await fillGroup(engine, url, 'long', Math.log10(RECORDS));
    token = (await new ClmClient(node.origin).login()).tokenElement;
  });

  /** How many items the answer says that it has, how many it has, and that it is whole. */
  async function itemsOf(operation: string, parameters: string): Promise<[string, number, boolean]> {
    const response = await fetch(`${node.origin}/clm/services/LicenseManagerRpc`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml' },
      body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><${operation}>${token}${parameters}</${operation}></e:Body></e:Envelope>`,
    });
    const body = await response.text();
    const promised = /<items [^>]*arrayType="ns1:\w+\[(.*?)\]">/.exec(body)?.[1] ?? 'nothing';
    return [promised, body.split('<item ').length - 1, body.endsWith('</soap:Envelope>')];
  }

  const page = (offset: number, max: number) =>
    `<jobGroup>long</jobGroup><pageinfo><offset>${offset}</offset><max>${max}</max></pageinfo>`;

  describe('a list in rpc/encoded that is streamed says beforehand how many items come', () => {
    test.each([
      ['all records', 0, -1, RECORDS],
      ['the first of them', 0, 2_500, 2_500],
      ['the last of them', RECORDS - 1_500, 5_000, 1_500],
      ['none', RECORDS, -1, 0],
    ])('%s', async (_what, offset, max, count) => {
      expect(await itemsOf('listPersistentIDStatusByGroup', page(offset, max))).toEqual([
        String(count),
        count,
        true,
      ]);
    });

    test.each([
      ['all jobs', 'listAllAsyncOperationJobRecords', true, JOBS],
      ["the caller's own jobs", 'listAllAsyncOperationJobRecords', false, 0.9 * JOBS],
      ['running jobs, of which there are none', 'listRunningAsyncOperationJobRecords', true, 0],
    ])('%s', async (_what, operation, everybody, count) => {
      expect(await itemsOf(operation, `<include_all_user>${everybody}</include_all_user>`)).toEqual([
        String(count),
        count,
        true,
      ]);
    });
  });
});
