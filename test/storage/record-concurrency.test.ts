import { beforeAll, expect, test } from 'vitest';
import { Database } from '../../src/storage/database.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { claimOne, finishedJob, itemsOf, NOW, sampleJob, sampleRecord } from './sample-job.ts';

forEachEngine((engine) => {
  let nodes: Store[];
  beforeAll(async () => {
    const url = await engine.url();
    nodes = [];
    for (let i = 0; i < 3; i++) nodes.push(await engine.openStore(url));
  });
  const node = (index: number): Store => nodes[index % nodes.length] as Store;

  async function idsIn(group: string): Promise<string[]> {
    const { items } = await node(2).records.pageByGroup(group, { offset: 0, max: null });
    return (await itemsOf(items)).map(({ recordId }) => recordId);
  }

  test('records that several nodes add at once lie without gap or double, as their callers were told', async () => {
    const adds = Array.from({ length: 240 }, (_, i) =>
      node(i).records.add(sampleRecord({ jobId: 'all', group: 'busy', targetId: `${i}` }), 'foreign'),
    );
    const told = (await Promise.all(adds)).map(({ recordId }) => recordId);
    const read = await idsIn('busy');
    expect(read).toHaveLength(240);
    expect(read.map((id) => Number(id.split('-')[1]))).toEqual(Array.from({ length: 240 }, (_, i) => i));
    expect(new Set(told)).toEqual(new Set(read));
    expect((await node(0).records.pageByJob('all', { offset: 0, max: 0 })).total).toBe(240);
  });

  test('nodes that add, pause, remove and add again tell each record a place of its own', async () => {
    const told: string[] = [];
    const kept = await finishedJob(node(0), { group: 'pausing' });
    for (let round = 0; round < 6; round++) {
      const doomed = await finishedJob(node(0), { group: 'pausing' });
      const add = async (by: number, jobId: string) =>
        told.push((await node(by).records.add(sampleRecord({ jobId, group: 'pausing' }), 'known')).recordId);
      // One by itself, long enough to trust what it remembers; then all at once, and a removal among them.
      for (let i = 0; i < 12; i++) await add(round, kept.id);
      await add(round + 1, doomed.id);
      const adds = Array.from({ length: 24 }, (_, i) => add(i, kept.id));
      await Promise.all([...adds, node(round + 2).jobs.remove(doomed.id)]);
    }
    expect(new Set(told).size).toBe(told.length);
    const positions = told.map((id) => Number(id.split('-')[1])).sort((a, b) => a - b);
    expect(positions).toEqual(told.map((_, i) => i));
    expect(await idsIn('pausing')).toHaveLength(6 * 36);
    expect((await node(1).records.pageByJob(kept.id, { offset: 0, max: 0 })).total).toBe(6 * 36);
  });

  test('what a reader has seen never moves while others add', async () => {
    let adding = true;
    const writers = [0, 1].map(async (writer) => {
      for (let i = 0; i < 60; i++) {
        await node(writer).records.add(sampleRecord({ jobId: `w-${writer}`, group: 'watched' }), 'foreign');
      }
    });
    const reader = (async () => {
      let seen: string[] = [];
      while (adding) {
        const now = await idsIn('watched');
        expect(now.slice(0, seen.length)).toEqual(seen);
        seen = now;
      }
      return seen.length;
    })();
    await Promise.all(writers);
    adding = false;
    await reader;
    expect(await idsIn('watched')).toHaveLength(120);
  });

  test('deleting a job while others add to it and to its group leaves no record of it', async () => {
    for (let round = 0; round < 6; round++) {
      const group = `torn-${round}`;
      const doomed = await finishedJob(node(0), { group });
      const kept = await finishedJob(node(0), { group });
      const adds = Array.from({ length: 60 }, (_, i) =>
        node(i).records.add(sampleRecord({ jobId: i % 2 ? doomed.id : kept.id, group }), 'known'),
      );
      const [, outcomes] = await Promise.all([node(2).jobs.remove(doomed.id), Promise.allSettled(adds)]);
      for (const [i, outcome] of outcomes.entries()) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'JOB_NOT_FOUND' });
        if (i % 2 === 0) expect(outcome.status).toBe('fulfilled');
      }
      expect((await node(1).records.pageByJob(doomed.id, { offset: 0, max: 1 })).total).toBe(0);
      const left = await node(1).records.pageByGroup(group, { offset: 0, max: null });
      expect(left.total).toBe(30);
      expect((await itemsOf(left.items)).map(({ jobId }) => jobId)).toEqual(Array(30).fill(kept.id));
    }
  });

  // SQLite lets one writer in at a time, whatever it writes.
  if (engine.name === 'mysql')
    test('records of ten jobs do not wait for the removal of another', async () => {
      const url = await engine.url();
      const store = await engine.openStore(url);
      const jobs = Array.from({ length: 12 }, () => sampleJob({ group: 'g' }));
      for (const job of jobs) await store.jobs.insert(job);
      const [removed, ...others] = jobs.map(({ id }) => id);
      const database = new Database(url, undefined);
      await database.transaction(async (sql) => {
        await sql.change('DELETE FROM jobs WHERE id = ?', [removed ?? '']);
        // The first goes alone, the other ten together.
        await Promise.all(
          others.map((jobId) => store.records.add(sampleRecord({ jobId, group: 'g' }), 'known')),
        );
      });
      await database.close();
      expect((await store.records.pageByGroup('g', { offset: 0, max: 0 })).total).toBe(11);
    });

  test('a group that goes with its last job takes new records at the same time', async () => {
    for (let round = 0; round < 8; round++) {
      const group = `reborn-${round}`;
      const last = await finishedJob(node(0), { group });
      await node(0).records.add(sampleRecord({ jobId: last.id, group }), 'known');
      const adds = Array.from({ length: 12 }, (_, i) =>
        node(i).records.add(sampleRecord({ jobId: `foreign-${round}`, group }), 'foreign'),
      );
      await Promise.all([node(1).jobs.remove(last.id), ...adds]);
      const { total, items } = await node(2).records.pageByGroup(group, { offset: 0, max: null });
      expect(total).toBe(12);
      expect(await itemsOf(items)).toHaveLength(12);
    }
  });

  test('jobs of one group deleted at once leave true totals', async () => {
    const jobs = [];
    for (let i = 0; i < 12; i++) {
      const job = sampleJob({ group: 'emptied' });
      await node(0).jobs.insert(job);
      const fence = await claimOne(node(0).queue);
      const records = Array.from({ length: 50 }, () => ({
        targetId: 't',
        errorCode: i,
        errorMessage: null,
        created: NOW,
      }));
      await node(0).queue.appendRecords(fence, records);
      await node(0).queue.finish(fence, { state: 'completed', result: null, errorMessage: null }, NOW);
      jobs.push(job.id);
    }
    const removed = await Promise.all(jobs.slice(0, 10).map((id, i) => node(i).jobs.remove(id)));
    expect(removed).toEqual(Array(10).fill(true));
    const { total, items } = await node(1).records.pageByGroup('emptied', { offset: 40, max: 20 });
    expect(total).toBe(100);
    expect((await itemsOf(items)).map(({ errorCode }) => errorCode)).toEqual([
      ...Array(10).fill(10),
      ...Array(10).fill(11),
    ]);
  });

  test('a program’s records end with its job: none after the finish was answered', async () => {
    const job = sampleJob();
    await node(0).jobs.insert(job);
    const fence = await claimOne(node(0).queue);
    const record = { targetId: 't', errorCode: 0, errorMessage: null, created: NOW };
    const appends = Array.from({ length: 40 }, (_, i) => node(i).queue.appendRecords(fence, [record]));
    await node(1).queue.finish(fence, { state: 'completed', result: null, errorMessage: null }, NOW);
    const afterFinish = node(2).queue.appendRecords(fence, [record]);
    const stored = (await Promise.all(appends)).filter(Boolean).length;
    expect(await afterFinish).toBe(false);
    expect((await node(0).records.pageByJob(job.id, { offset: 0, max: 0 })).total).toBe(stored);
  });
});
