import assert from 'node:assert/strict';
import { type Cases, ToolkitFault } from './case.ts';
import type { ClmClient, Page } from './clm-client.ts';
import { items } from './expect.ts';

export const PAGE_CASES: Cases = {
  async 'page-none'(clm) {
    const page = await pageOf(clm, clm.group('nothing'), [0, 100], 0, []);
    const answer = clm.lastAnswer();
    const [sent] = /<items[^>]*><\/items>/.exec(answer) ?? [];
    assert.ok(sent !== undefined, answer);
    if (page.items === null) throw new ToolkitFault(sent);
  },

  async 'page-one'(clm) {
    const [record] = items((await pageOf(clm, 'page-one', [0, 100], 1, targets(1, 1))).items);
    assert.deepEqual(
      [record?.jobId, record?.jobGroup, record?.errorCode, record?.errorMessage, record?.username],
      ['job-of-page-one', 'page-one', 1, 'message 1', 'interop'],
    );
  },

  async 'page-three'(clm) {
    await pageOf(clm, 'page-three', [0, 100], 3, targets(1, 3));
  },

  async 'page-250'(clm) {
    await pageOf(clm, 'page-250', [0, 100], 250, targets(1, 100));
    await pageOf(clm, 'page-250', [100, 100], 250, targets(101, 100));
    await pageOf(clm, 'page-250', [200, 100], 250, targets(201, 50));
  },

  async 'page-past-end'(clm) {
    await pageOf(clm, 'page-three', [3, 100], 3, []);
  },

  async 'page-max-0'(clm) {
    await pageOf(clm, 'page-three', [0, 0], 3, []);
  },

  async 'page-all'(clm) {
    await pageOf(clm, 'page-250', [0, -1], 250, targets(1, 250));
  },

  async 'invalid-pagination'(clm) {
    const page = await clm.page('page-three', -1, 10);
    assert.equal(page.status.errorCode, 30);
    assert.deepEqual(page.pagination, { offset: -1, max: 10 });
    assert.deepEqual(items(page.items), []);
  },

  async add(clm) {
    const group = clm.group('add');
    const { recordId, created, ...added } = await clm.add(group, 'switch-1', 'no answer');
    assert.ok(typeof recordId === 'string' && recordId !== '');
    assert.deepEqual(added, {
      jobId: group,
      jobGroup: group,
      id: 'switch-1',
      errorCode: 7,
      errorMessage: 'no answer',
      username: clm.user,
      status: { errorCode: 0 },
    });
    const [listed] = items((await clm.page(group, 0, 10)).items);
    assert.deepEqual([listed?.recordId, listed?.created], [recordId, created]);
  },

  async 'date-time'(clm) {
    // A Date itself would go out as an empty element.
    const { created } = await clm.add(clm.group('date-time'), 'a', null, '1999-12-31T23:30:00-05:00');
    assert.ok(created instanceof Date);
    assert.ok(Math.abs(created.getTime() - Date.now()) < 60_000, created.toISOString());
  },
};

function targets(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `target-${first + index}`);
}

/** Checks one whole page. */
async function pageOf(
  clm: ClmClient,
  group: string,
  [offset, max]: [number, number],
  total: number,
  expected: string[],
): Promise<Page> {
  const page = await clm.page(group, offset, max);
  assert.deepEqual(page.status, { errorCode: 0 });
  assert.deepEqual(page.pagination, { offset, max });
  assert.equal(page.total, total);
  assert.deepEqual(
    items(page.items).map(({ id }) => id),
    expected,
  );
  return page;
}
