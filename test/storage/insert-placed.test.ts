import { beforeEach, describe, expect, test } from 'vitest';
import { Database } from '../../src/storage/database.ts';
import { isDuplicate } from '../../src/storage/database-error.ts';
import { insertPlaced } from '../../src/storage/insert-placed.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { type Places, readPlaces } from '../../src/storage/read-places.ts';
import type { Sql } from '../../src/storage/sql.ts';
import { forEachEngine } from '../support/engines.ts';
import { claimOne, finishedJob, NOW, sampleJob, sampleRecord } from './sample-job.ts';

forEachEngine((engine) => {
  let store: Store;
  let database: Database;
  beforeEach(async () => {
    const url = await engine.url();
    store = await engine.openStore(url);
    database = new Database(url, undefined);
    return () => database.close();
  });

  const known = (jobId: string) => store.records.add(sampleRecord({ jobId, group: 'g' }), 'known');

  async function placesOf(...jobIds: string[]): Promise<Places> {
    const [group] = await database.rows<{ id: number }>("SELECT id FROM job_groups WHERE name = 'g'");
    const places = await readPlaces(database, group?.id ?? 0, jobIds);
    if (!places) throw new Error('there is no such group');
    return places;
  }

  function insert(places: Places, jobIds: readonly string[], sql: Sql = database): Promise<boolean> {
    const guards = jobIds.map((jobId) => ({ jobId }));
    return insertPlaced(
      sql,
      places,
      guards,
      jobIds.map((jobId) => sampleRecord({ jobId, group: 'g' })),
    );
  }

  test('records go in at the places that were read', async () => {
    const [one, other] = [await finishedJob(store, { group: 'g' }), await finishedJob(store, { group: 'g' })];
    await known(one.id);
    const places = await placesOf(one.id, other.id);
    expect(await insert(places, [one.id, other.id])).toBe(true);
    expect(await placesOf(one.id, other.id)).toMatchObject({ next: 3 });
    expect((await store.records.pageByJob(one.id, { offset: 0, max: 0 })).total).toBe(2);
    expect((await store.records.pageByJob(other.id, { offset: 0, max: 0 })).total).toBe(1);
  });

  describe('nothing goes in where meanwhile', () => {
    test('others have added records: the key is a duplicate', async () => {
      const { id } = await finishedJob(store, { group: 'g' });
      await known(id);
      const places = await placesOf(id);
      await known(id);
      await expect(insert(places, [id])).rejects.toSatisfy(isDuplicate);
    });

    test('records of others were added and deleted, which leaves the positions free', async () => {
      const [kept, gone] = [
        await finishedJob(store, { group: 'g' }),
        await finishedJob(store, { group: 'g' }),
      ];
      await known(kept.id);
      const places = await placesOf(kept.id);
      await known(gone.id);
      await store.jobs.remove(gone.id);
      expect(await insert(places, [kept.id])).toBe(false);
      expect(await placesOf(kept.id)).toMatchObject({ next: 2 });
    });

    test('a job that had records in another group only was removed, and submitted again', async () => {
      const [kept, again] = [
        await finishedJob(store, { group: 'g' }),
        await finishedJob(store, { group: 'g' }),
      ];
      await known(kept.id);
      await store.records.add(sampleRecord({ jobId: again.id, group: 'other' }), 'known');
      const places = await placesOf(again.id);
      await store.jobs.remove(again.id);
      await store.jobs.insert(sampleJob({ id: again.id, group: 'g' }));
      expect(await insert(places, [again.id])).toBe(false);
    });

    test('one of the jobs was removed', async () => {
      const [kept, gone] = [
        await finishedJob(store, { group: 'g' }),
        await finishedJob(store, { group: 'g' }),
      ];
      await known(kept.id);
      const places = await placesOf(kept.id, gone.id);
      await store.jobs.remove(gone.id);
      expect(await insert(places, [kept.id, gone.id])).toBe(false);
      expect((await store.records.pageByJob(kept.id, { offset: 0, max: 0 })).total).toBe(1);
    });

    test('the group went with its last record', async () => {
      const [one, last] = [
        await finishedJob(store, { group: 'g' }),
        await finishedJob(store, { group: 'g' }),
      ];
      await known(last.id);
      const places = await placesOf(one.id);
      await store.jobs.remove(last.id);
      expect(await insert(places, [one.id])).toBe(false);
    });

    test('the worker lost its job', async () => {
      const job = sampleJob({ group: 'g' });
      await store.jobs.insert(job);
      await known(job.id);
      const { jobId, workerId, attempt } = await claimOne(store.queue);
      const places = await placesOf(jobId);
      await store.queue.finish(
        { jobId, workerId, attempt },
        { state: 'completed', result: null, errorMessage: null },
        NOW,
      );
      const record = sampleRecord({ jobId, group: 'g' });
      expect(await insertPlaced(database, places, [{ jobId, workerId, attempt }], [record])).toBe(false);
    });
  });

  if (engine.name === 'mysql')
    test('neither the places nor the conditions walk over rows, for most of the jobs that there are', async () => {
      const jobs = [];
      for (let i = 0; i < 12; i++) jobs.push((await finishedJob(store, { group: 'g' })).id);
      for (const id of jobs) await known(id);
      for (const group of ['f', 'h', 'i']) {
        const { id } = await finishedJob(store, { group });
        await store.records.add(sampleRecord({ jobId: id, group }), 'known');
      }
      const some = jobs.slice(0, 11);
      const walked = await database.transaction(async (sql) => {
        const count = async () =>
          (
            await sql.rows<{ Variable_name: string; Value: string }>(
              "SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_next', 'Handler_read_prev', 'Handler_read_first')",
            )
          ).reduce((sum, { Value }) => sum + Number(Value), 0);
        const before = await count();
        const [group] = await sql.rows<{ id: number }>("SELECT id FROM job_groups WHERE name = 'g'");
        // One alone is a prepared statement, whose numbers come as doubles.
        for (const ids of [some, some.slice(0, 1)]) {
          const places = await readPlaces(sql, group?.id ?? 0, ids);
          expect(places && (await insert(places, ids, sql))).toBe(true);
        }
        return (await count()) - before;
      });
      expect(walked).toBe(0);
    });
});
