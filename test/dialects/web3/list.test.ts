import { expect, test } from 'vitest';
import { sampleJob } from '../../storage/sample-job.ts';
import { roomUnderTest } from './room-under-test.ts';

const room = roomUnderTest({ JOBGATE_WEB3_MAX_TAKE: '30' });

async function fill(group: string, jobs: number): Promise<void> {
  for (let count = 0; count < jobs; count++) {
    await room.store.jobs.insert(sampleJob({ group, owner: 'ann', created: 1_000 + count }));
  }
}

interface Page {
  readonly Start: number;
  readonly Count: number;
  readonly Length: number;
  readonly Next: string | null;
  readonly Previous: string | null;
  readonly Items: readonly { readonly Id: string; readonly Updated: string }[];
}

async function page(address: string): Promise<Page> {
  const response = await fetch(address, { headers: { Authorization: 'Bearer ann-token' } });
  return (await response.json()) as Page;
}

test('a page has 25 jobs unless asked for more, and never more than the gateway allows', async () => {
  await fill('many', 40);
  const list = `${room.origin}/web3/topicmaps/many/jobs?format=json`;
  const lengths = [];
  for (const query of ['', '&take=10', '&take=26', '&take=999999999']) {
    lengths.push((await page(list + query)).Length);
  }
  expect(lengths).toEqual([25, 10, 26, 30]);
});

test('whoever follows Next sees every job once, the newest first, and back again by Previous', async () => {
  await fill('walk', 23);
  let address: string | null = `${room.origin}/web3/topicmaps/walk/jobs?format=json&take=10`;
  const forth: Page[] = [];
  for (; address; address = forth.at(-1)?.Next ?? null) forth.push(await page(address));
  const jobs = forth.flatMap(({ Items }) => Items);
  expect(forth.map(({ Start, Length }) => [Start, Length])).toEqual([
    [0, 10],
    [10, 10],
    [20, 3],
  ]);
  expect(new Set(jobs.map(({ Id }) => Id)).size).toBe(23);
  expect(jobs.map(({ Updated }) => Updated)).toEqual(
    Array.from({ length: 23 }, (_, at) => `/Date(${1_022 - at})/`),
  );
  const back: Page[] = [];
  for (address = forth.at(-1)?.Previous ?? null; address; address = back.at(-1)?.Previous ?? null) {
    back.push(await page(address));
  }
  expect(back.map(({ Start, Length }) => [Start, Length])).toEqual([
    [10, 10],
    [0, 10],
  ]);
});

test('jobs of other topic maps are not in the list', async () => {
  await fill('one', 1);
  await fill('another', 2);
  expect((await page(`${room.origin}/web3/topicmaps/one/jobs?format=json`)).Count).toBe(1);
});
