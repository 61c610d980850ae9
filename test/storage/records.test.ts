import { beforeAll, describe, expect, test } from 'vitest';
import type { StatusRecord } from '../../src/core/status-record.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { claimOne, finishedJob, itemsOf, NOW, sampleJob, sampleRecord } from './sample-job.ts';

forEachEngine((engine) => {
  let url: string;
  let store: Store;
  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
  });

  let groups = 0;
  const newGroup = () => `group-${++groups}`;

  async function add(
    group: string,
    targets: readonly string[],
    jobId = `foreign-${group}`,
  ): Promise<StatusRecord[]> {
    return Promise.all(
      targets.map((targetId) => store.records.add(sampleRecord({ jobId, group, targetId }), 'foreign')),
    );
  }

  async function page(group: string, offset: number, max: number | null) {
    const { total, items } = await store.records.pageByGroup(group, { offset, max });
    return { total, targets: (await itemsOf(items)).map(({ targetId }) => targetId) };
  }

  /** Adds so many records to a job in one call, as its program would. */
  async function append(
    id: string,
    group: string,
    count: number,
    message: string | null = null,
  ): Promise<void> {
    await store.jobs.insert(sampleJob({ id, group }));
    const fence = await claimOne(store.queue);
    const records = Array.from({ length: count }, (_, i) => ({
      targetId: `${id}/${i}`,
      errorCode: i,
      errorMessage: message,
      created: NOW + i,
    }));
    expect(await store.queue.appendRecords(fence, records)).toBe(true);
    await store.queue.finish(fence, { state: 'completed', result: null, errorMessage: null }, NOW);
  }

  describe('an added record', () => {
    test('is returned and listed as stored, by job and by group', async () => {
      const job = sampleJob({ group: newGroup() });
      await store.jobs.insert(job);
      const fence = await claimOne(store.queue);
      const record = sampleRecord({
        jobId: job.id,
        group: job.group,
        targetId: 'Gerät 🚀 ',
        errorCode: -2_147_483_648,
        errorMessage: 'it\'s <&> \\ " \r\n\t 𝔘?',
      });
      const stored = await store.records.add(record, 'known');
      expect(stored).toEqual({ ...record, recordId: expect.stringMatching(/^\d+-0$/) });
      expect(await store.records.pageByJob(job.id, { offset: 0, max: 10 })).toEqual({
        total: 1,
        items: [stored],
      });
      expect(await store.records.pageByGroup(job.group, { offset: 0, max: 10 })).toEqual({
        total: 1,
        items: [stored],
      });
      await store.queue.finish(fence, { state: 'completed', result: null, errorMessage: null }, NOW);
    });

    test.each([
      ['of 131,072 code points beyond U+FFFF', '🚀'.repeat(131_072)],
      ['of 131,072 characters that all need escaping', "'".repeat(131_072)],
      ['that is empty', ''],
      ['with trailing spaces and a zero character', 'x \0  '],
    ])('keeps a message %s', async (_what, errorMessage) => {
      const record = sampleRecord({ errorMessage });
      await store.records.add(record, 'foreign');
      const [read] = await itemsOf(
        (await store.records.pageByJob(record.jobId, { offset: 0, max: 1 })).items,
      );
      expect(read?.errorMessage === errorMessage).toBe(true);
    });

    test('is refused when its job was deleted meanwhile', async () => {
      const job = await finishedJob(store);
      await store.jobs.remove(job.id);
      const record = sampleRecord({ jobId: job.id, group: job.group });
      await expect(store.records.add(record, 'known')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
      expect(await page(job.group, 0, 10)).toEqual({ total: 0, targets: [] });
    });

    test('may go to a job that has finished', async () => {
      const job = await finishedJob(store);
      await store.records.add(sampleRecord({ jobId: job.id, group: job.group }), 'known');
      expect((await store.records.pageByJob(job.id, { offset: 0, max: 0 })).total).toBe(1);
    });

    test('fails alone when it shares a statement with others', async () => {
      const group = newGroup();
      const [kept, gone] = [await finishedJob(store, { group }), await finishedJob(store, { group })];
      await store.jobs.remove(gone.id);
      const adds = Array.from({ length: 40 }, (_, i) =>
        store.records.add(
          sampleRecord({ jobId: i % 4 === 3 ? gone.id : kept.id, group, targetId: `${i}` }),
          'known',
        ),
      );
      const outcomes = await Promise.allSettled(adds);
      expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(adds.map((_, i) => i % 4 !== 3));
      expect(await page(group, 0, null)).toEqual({
        total: 30,
        targets: Array.from({ length: 40 }, (_, i) => `${i}`).filter((_, i) => i % 4 !== 3),
      });
    });

    test('finds its place in the page that its recordId promises', async () => {
      const group = newGroup();
      const stored = await add(
        group,
        Array.from({ length: 300 }, (_, i) => `${i}`),
      );
      const { items } = await store.records.pageByGroup(group, { offset: 0, max: 300 });
      expect(items).toEqual(stored);
    });
  });

  describe('groups', () => {
    test.each([
      ['case', 'Group X', 'group x'],
      ['a trailing space', 'group y', 'group y '],
      ['an accent', 'Grüße', 'Grusse'],
      ['the way a letter is composed', 'caf\u00e9', 'cafe\u0301'],
      ['width', 'ａ', 'a'],
      ['a character beyond U+FFFF', '🚀', '🚁'],
    ])('that differ only in %s are two groups', async (_how, one, other) => {
      await add(one, ['1'], 'differing');
      await add(other, ['2', '3'], 'differing');
      expect(await page(one, 0, 10)).toEqual({ total: 1, targets: ['1'] });
      expect(await page(other, 0, 10)).toEqual({ total: 2, targets: ['2', '3'] });
    });

    test('keep a name of 64 code points beyond U+FFFF', async () => {
      const group = '𝄞'.repeat(64);
      await add(group, ['x'], 'long-name');
      const [read] = await itemsOf((await store.records.pageByJob('long-name', { offset: 0, max: 1 })).items);
      expect(read?.group).toBe(group);
    });

    test('may share a foreign job, whose own list stays in order', async () => {
      const [one, other] = [newGroup(), newGroup()];
      for (const [group, target] of [
        [one, 'a'],
        [other, 'b'],
        [one, 'c'],
      ] as const)
        await add(group, [target], 'shared');
      const read = await itemsOf((await store.records.pageByJob('shared', { offset: 0, max: 10 })).items);
      expect(read.map(({ targetId, group }) => [targetId, group])).toEqual([
        ['a', one],
        ['b', other],
        ['c', one],
      ]);
    });
  });

  describe('a page', () => {
    test.each([
      [0, 3, ['0', '1', '2']],
      [8, 5, ['8', '9']],
      [9, 1, ['9']],
      [10, 5, []],
      [1_000_000, 5, []],
      [3, 0, []],
      [7, null, ['7', '8', '9']],
    ])('from offset %i of at most %s', async (offset, max, expected) => {
      const group = newGroup();
      await add(
        group,
        Array.from({ length: 10 }, (_, i) => `${i}`),
      );
      expect(await page(group, offset, max)).toEqual({ total: 10, targets: expected });
      const byJob = await store.records.pageByJob(`foreign-${group}`, { offset, max });
      expect(byJob.total).toBe(10);
      expect((await itemsOf(byJob.items)).map(({ targetId }) => targetId)).toEqual(expected);
    });

    test('of an unknown group or job is empty', async () => {
      expect(await store.records.pageByGroup('nobody’s', { offset: 0, max: null })).toEqual({
        total: 0,
        items: [],
      });
      expect(await store.records.pageByJob('nobodys', { offset: 0, max: null })).toEqual({
        total: 0,
        items: [],
      });
      expect(await store.records.pageByJob('nobody’s', { offset: 0, max: 1 })).toEqual({
        total: 0,
        items: [],
      });
    });

    test('of more than a batch is read batch by batch, up to where the list ended when it was asked for', async () => {
      const group = newGroup();
      await append(`many-${group}`, group, 2_500);
      const { total, items } = await store.records.pageByGroup(group, { offset: 100, max: null });
      await add(group, ['late']);
      expect(total).toBe(2_500);
      expect(Array.isArray(items)).toBe(false);
      const sizes: number[] = [];
      const codes: number[] = [];
      for await (const batch of items as AsyncIterable<StatusRecord[]>) {
        sizes.push(batch.length);
        codes.push(...batch.map(({ errorCode }) => errorCode));
      }
      expect(codes).toEqual(Array.from({ length: 2_400 }, (_, i) => i + 100));
      expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
    });

    test('of more than a batch ends at its max', async () => {
      const group = newGroup();
      await append(`many-${group}`, group, 2_300);
      for (const by of [
        store.records.pageByGroup(group, { offset: 5, max: 1_100 }),
        store.records.pageByJob(`many-${group}`, { offset: 5, max: 1_100 }),
      ]) {
        const read = await itemsOf((await by).items);
        expect(read.map(({ errorCode }) => errorCode)).toEqual(
          Array.from({ length: 1_100 }, (_, i) => i + 5),
        );
      }
    });

    test('may be left in the middle, and the store closed after it', async () => {
      const group = newGroup();
      await append(`many-${group}`, group, 2_100);
      const reader = await engine.openStore(url);
      const { items } = await reader.records.pageByGroup(group, { offset: 0, max: null });
      for await (const batch of items as AsyncIterable<StatusRecord[]>) {
        expect(batch).toHaveLength(1_000);
        break;
      }
      await reader.close();
    });

    test('of many long messages comes in pieces of bounded size', async () => {
      const group = newGroup();
      await append(`long-${group}`, group, 60, '🚀'.repeat(100_000));
      const { total, items } = await store.records.pageByGroup(group, { offset: 0, max: 60 });
      expect(total).toBe(60);
      const sizes: number[] = [];
      const codes: number[] = [];
      for await (const batch of items as AsyncIterable<StatusRecord[]>) {
        sizes.push(batch.length);
        codes.push(...batch.map(({ errorCode }) => errorCode));
        expect(batch.every(({ errorMessage }) => errorMessage?.length === 200_000)).toBe(true);
      }
      expect(codes).toEqual(Array.from({ length: 60 }, (_, i) => i));
      expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
    });
  });

  describe('deleting a job', () => {
    test('takes its records out of its group; totals and offsets stay true, and no recordId comes back', async () => {
      const group = newGroup();
      const jobs = ['a', 'b', 'c'].map((name) => `${name}-${group}`);
      for (const id of jobs) await append(id, group, 400);
      const ids = async () =>
        (await itemsOf((await store.records.pageByGroup(group, { offset: 0, max: null })).items)).map(
          ({ recordId }) => recordId,
        );
      const before = await ids();
      await store.jobs.remove(jobs[1] ?? '');
      expect((await page(group, 400, 2)).targets).toEqual([`${jobs[2]}/0`, `${jobs[2]}/1`]);
      await store.jobs.remove(jobs[2] ?? '');
      expect(await page(group, 399, 10)).toEqual({ total: 400, targets: [`${jobs[0]}/399`] });
      await add(group, ['after']);
      expect(await page(group, 399, 10)).toEqual({ total: 401, targets: [`${jobs[0]}/399`, 'after'] });
      expect((await store.records.pageByJob(jobs[2] ?? '', { offset: 0, max: 5 })).total).toBe(0);
      const [newest] = (await ids()).slice(-1);
      expect(before).not.toContain(newest);
    });

    test('with the only records of its group leaves no trace, and a new group of that name starts empty', async () => {
      const group = newGroup();
      await append(`only-${group}`, group, 3);
      const [first] = await itemsOf((await store.records.pageByGroup(group, { offset: 0, max: 1 })).items);
      await store.jobs.remove(`only-${group}`);
      expect(await page(group, 0, null)).toEqual({ total: 0, targets: [] });
      expect(await engine.query(url, `SELECT id FROM job_groups WHERE name = '${group}'`)).toEqual([]);
      const [again] = await add(group, ['anew']);
      expect(await page(group, 0, null)).toEqual({ total: 1, targets: ['anew'] });
      expect(again?.recordId).not.toBe(first?.recordId);
    });

    test('takes more records than one statement deletes', async () => {
      const group = newGroup();
      await add(group, ['kept']);
      await append(`huge-${group}`, group, 20_100);
      expect(await store.jobs.remove(`huge-${group}`)).toBe(true);
      expect(await page(group, 0, null)).toEqual({ total: 1, targets: ['kept'] });
      expect((await store.records.pageByJob(`huge-${group}`, { offset: 0, max: 0 })).total).toBe(0);
    });

    test('leaves the records of others that a reader is in the middle of', async () => {
      const group = newGroup();
      // The first batch is of 1,000, the next ones of 500, of which one is read ahead.
      for (const name of ['a', 'b', 'c']) await append(`${name}-${group}`, group, 1_400);
      const { items } = await store.records.pageByGroup(group, { offset: 0, max: null });
      const read: string[] = [];
      for await (const batch of items as AsyncIterable<StatusRecord[]>) {
        if (read.length === 0) await store.jobs.remove(`b-${group}`);
        read.push(...batch.map(({ jobId }) => jobId));
      }
      expect(read.filter((id) => id === `a-${group}`)).toHaveLength(1_400);
      // The hundred of the batch that was being read ahead, before the removal or after it.
      expect([0, 100]).toContain(read.filter((id) => id === `b-${group}`).length);
      expect(read.filter((id) => id === `c-${group}`)).toHaveLength(1_400);
    });
  });

  test('a foreign job belongs to whoever claims it first, also of many at once', async () => {
    expect(await store.records.claimForeignJob('foreign-1', 'alice')).toBe('alice');
    expect(await store.records.claimForeignJob('foreign-1', 'bob')).toBe('alice');
    const owners = await Promise.all(
      Array.from({ length: 20 }, (_, i) => store.records.claimForeignJob('foreign-2', `user-${i}`)),
    );
    expect(new Set(owners).size).toBe(1);
  });

  test('a foreign claim to an id that became a job meanwhile is the job’s owner’s', async () => {
    await store.jobs.insert(sampleJob({ id: 'became', owner: 'bob' }));
    expect(await store.records.claimForeignJob('became', 'alice')).toBe('bob');
    await store.jobs.requestCancel('became', NOW);
    await store.jobs.remove('became');
    expect(await store.records.claimForeignJob('became', 'carol')).toBe('carol');
  });
});
