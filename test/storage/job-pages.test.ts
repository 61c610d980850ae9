import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobFilter, JobOrder } from '../../src/core/job-store.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { claimOne, NOW, sampleJob } from './sample-job.ts';

const ALL = { skip: 0, take: 100 };

forEachEngine((engine) => {
  let url: string;
  let store: Store;

  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
  });

  beforeEach(async () => {
    await engine.empty(url);
  });

  const idsOf = async (filter: JobFilter, order: JobOrder = 'oldest', range = ALL) =>
    (await store.jobs.page(filter, order, range)).jobs.map(({ id }) => id);

  async function insert(...ids: string[]): Promise<void> {
    for (const id of ids) await store.jobs.insert(sampleJob({ id, group: 'g' }));
  }

  describe('a page of jobs', () => {
    test('is in the order of insertion, or the other way round', async () => {
      await insert('a', 'b', 'c');
      expect(await idsOf({ group: 'g' })).toEqual(['a', 'b', 'c']);
      expect(await idsOf({ group: 'g' }, 'newest')).toEqual(['c', 'b', 'a']);
      expect(await idsOf({}, 'oldest')).toEqual(['a', 'b', 'c']);
      expect(await idsOf({}, 'newest')).toEqual(['c', 'b', 'a']);
    });

    test('has the last changed first, whatever changed', async () => {
      await insert('a', 'b', 'c');
      await store.jobs.setComment('a', 'x', NOW + 1);
      await store.jobs.cancelWaiting('b', NOW + 2);
      expect(await idsOf({ group: 'g' }, 'lastUpdated')).toEqual(['b', 'a', 'c']);
    });

    test('begins where it is told and has no more than it is told, and the total of all', async () => {
      await insert('a', 'b', 'c', 'd');
      const page = await store.jobs.page({ group: 'g' }, 'lastUpdated', { skip: 1, take: 2 });
      expect(page.jobs.map(({ id }) => id)).toEqual(['c', 'b']);
      expect(page.total).toBe(4);
    });

    test.each([
      ['past the end', { skip: 2, take: 5 }],
      ['of nothing', { skip: 0, take: 0 }],
    ])('%s is empty, and still has the total', async (_, range) => {
      await insert('a', 'b');
      expect(await store.jobs.page({ group: 'g' }, 'oldest', range)).toEqual({ total: 2, jobs: [] });
    });

    test('is narrowed by group, owner and state', async () => {
      await insert('a', 'b');
      await store.jobs.insert(sampleJob({ id: 'c', group: 'g', owner: 'bob' }));
      await store.jobs.insert(sampleJob({ id: 'd', group: 'other' }));
      await store.jobs.cancelWaiting('b', NOW);
      expect(await idsOf({ group: 'g', owner: 'alice' })).toEqual(['a', 'b']);
      expect(await idsOf({ owner: 'bob' })).toEqual(['c']);
      expect(await idsOf({ group: 'g', states: ['cancelled'] })).toEqual(['b']);
      expect(await idsOf({ states: [] })).toEqual([]);
    });

    test.each([
      ['a trailing space', 'g '],
      ['their case', 'G'],
      ['an accent', 'ĝ'],
    ])('does not mix groups that differ by %s', async (_, group) => {
      await insert('a');
      await store.jobs.insert(sampleJob({ id: 'b', group }));
      expect(await idsOf({ group })).toEqual(['b']);
      expect(await idsOf({ group: 'g' })).toEqual(['a']);
    });

    test('shows of each job what its submission said and its rows', async () => {
      const parameters = [
        { name: 'Ünicode', value: 'a=b;c' },
        { name: 'second', value: '' },
      ];
      await store.jobs.insert(sampleJob({ id: 'a', group: 'g', type: 'export', parameters }));
      const counters = { total: 7, inserts: 1, updates: 2, deletes: 3, errors: 0, skips: 1, ignores: 0 };
      await store.queue.report(
        await claimOne(store.queue),
        { counters, statusMessage: 'half-way' },
        NOW + 20,
      );
      const { jobs } = await store.jobs.page({ group: 'g' }, 'oldest', ALL);
      const shown = { type: 'export', parameters, counters, statusMessage: 'half-way' };
      expect(jobs).toMatchObject([shown]);
      expect(await store.jobs.findDetail('a')).toEqual(jobs[0]);
    });
  });

  describe('what went in and came out', () => {
    test('has no result until the job has completed', async () => {
      await store.jobs.insert(sampleJob({ id: 'a', arguments: ['x', 1, null], targets: ['t'] }));
      const before = { arguments: ['x', 1, null], targets: ['t'], result: null };
      expect(await store.jobs.findPayload('a')).toEqual(before);
      const fence = await claimOne(store.queue);
      await store.queue.finish(fence, { state: 'completed', result: { rows: [1] }, errorMessage: null }, NOW);
      expect(await store.jobs.findPayload('a')).toEqual({ ...before, result: { rows: [1] } });
    });

    test('is not there for an unknown job', async () => {
      expect(await store.jobs.findPayload('a')).toBeUndefined();
      expect(await store.jobs.findPayload('no id')).toBeUndefined();
      expect(await store.jobs.findDetail('a')).toBeUndefined();
    });
  });

  describe('a job that waits', () => {
    const AMENDMENT = {
      program: 'fail',
      type: 'export',
      parameters: [{ name: 'n', value: 'v' }],
      state: 'queued',
    } as const;

    test('may be stored without being queued, and is not claimed', async () => {
      await store.jobs.insert(sampleJob({ id: 'a', state: 'created' }));
      expect(await store.queue.claim({ workerId: 'w', limit: 9, leaseMs: 9, now: NOW })).toEqual([]);
    });

    test('is changed by one of two amendments that have seen the same, also within one millisecond', async () => {
      await store.jobs.insert(sampleJob({ id: 'a', state: 'created', created: NOW }));
      const seen = { ...AMENDMENT, state: 'created', lastUpdated: NOW } as const;
      expect(await store.jobs.amend('a', seen, NOW)).toBe('amended');
      expect(await store.jobs.amend('a', seen, NOW)).toBe('changed');
    });

    test('is not cancelled by somebody who has seen it as it was before an amendment', async () => {
      await store.jobs.insert(sampleJob({ id: 'a', state: 'created', created: NOW }));
      await store.jobs.amend('a', { ...AMENDMENT, state: 'created' }, NOW);
      expect(await store.jobs.cancelWaiting('a', NOW, NOW)).toBe('created');
      expect(await store.jobs.cancelWaiting('a', NOW, NOW + 1)).toBe('cancelled');
    });

    test('is changed and released by an amendment', async () => {
      await store.jobs.insert(sampleJob({ id: 'a', state: 'created' }));
      expect(await store.jobs.amend('a', { ...AMENDMENT, state: 'created' }, NOW + 1)).toBe('amended');
      expect(await store.jobs.findDetail('a')).toMatchObject({ ...AMENDMENT, state: 'created' });
      expect(await store.jobs.amend('a', AMENDMENT, NOW + 2)).toBe('amended');
      expect(await claimOne(store.queue)).toMatchObject({ jobId: 'a', program: 'fail', type: 'export' });
    });

    test('does not go back from queued to created', async () => {
      await store.jobs.insert(sampleJob({ id: 'a' }));
      expect(await store.jobs.amend('a', { ...AMENDMENT, state: 'created' }, NOW)).toBe('queued');
      expect(await store.jobs.findDetail('a')).toMatchObject({ program: 'walk', parameters: [] });
    });

    test('is no longer changed nor cancelled as a waiting one once a worker has it', async () => {
      await store.jobs.insert(sampleJob({ id: 'a' }));
      await claimOne(store.queue);
      expect(await store.jobs.amend('a', AMENDMENT, NOW)).toBe('running');
      expect(await store.jobs.cancelWaiting('a', NOW)).toBe('running');
      expect(await store.jobs.find('a')).toMatchObject({ state: 'running', program: 'walk' });
    });

    test('is unknown when it is not there', async () => {
      for (const id of ['a', 'no id']) {
        expect(await store.jobs.amend(id, AMENDMENT, NOW)).toBe('unknown');
        expect(await store.jobs.cancelWaiting(id, NOW)).toBe('unknown');
        expect(await store.jobs.markRead(id)).toBe(false);
      }
    });
  });

  test('a job is marked as read without counting as changed', async () => {
    await insert('a');
    expect(await store.jobs.markRead('a')).toBe(true);
    expect(await store.jobs.find('a')).toMatchObject({ isRead: true, updated: NOW });
  });

  test('the states of several jobs leave out those that are not there', async () => {
    await insert('a', 'b');
    await store.jobs.cancelWaiting('b', NOW);
    expect(await store.jobs.statesOf(['a', 'b', 'c', 'no id'])).toEqual(
      new Map([
        ['a', 'queued'],
        ['b', 'cancelled'],
      ]),
    );
    expect(await store.jobs.statesOf([])).toEqual(new Map());
  });

  test('a log is read in its order, up to a level', async () => {
    await insert('a');
    const lines = ([2, 1, 3, 1] as const).map((level, at) => ({ level, text: `line ${at}`, at }));
    await store.queue.appendLog(await claimOne(store.queue), lines);
    const textsUpTo = async (level: 1 | 2 | 3) => (await store.jobs.readLog('a', level)).map(({ at }) => at);
    expect(await textsUpTo(1)).toEqual([1, 3]);
    expect(await textsUpTo(2)).toEqual([0, 1, 3]);
    expect(await store.jobs.readLog('a', 3)).toEqual(lines);
    expect(await store.jobs.readLog('b', 3)).toEqual([]);
  });

  test('a job that goes back to the queue leaves its rows and its words behind', async () => {
    await insert('a');
    const fence = await claimOne(store.queue);
    const counters = { total: 7, inserts: 1, updates: 2, deletes: 3, errors: 0, skips: 1, ignores: 0 };
    await store.queue.report(fence, { counters, statusMessage: 'half-way' }, NOW);
    await store.queue.giveBack(fence, NOW);
    expect(await store.jobs.findDetail('a')).toMatchObject({ statusMessage: null, counters: { total: 0 } });
  });
});
