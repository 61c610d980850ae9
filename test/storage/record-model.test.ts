import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { claimOne, itemsOf, NOW, sampleJob, sampleRecord } from './sample-job.ts';

/** What happens to one group, on one node or the other: a job adds some records, or gets one more, or is deleted. */
type Step = { readonly node: number } & (
  | { readonly add: number }
  | { readonly note: number }
  | { readonly remove: number }
);

const node = fc.nat({ max: 1 });

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ node, add: fc.integer({ min: 1, max: 300 }) }) },
    { weight: 4, arbitrary: fc.record({ node, note: fc.nat() }) },
    { weight: 2, arbitrary: fc.record({ node, remove: fc.nat() }) },
  ),
  { minLength: 4, maxLength: 16 },
);

/** The group as a plain list: what the store must be indistinguishable from. */
class Model {
  readonly jobs: string[] = [];
  readonly told = new Set<string>();
  records: { jobId: string; targetId: string }[] = [];
}

forEachEngine((engine) => {
  async function apply(store: Store, model: Model, group: string, step: Step): Promise<void> {
    if ('add' in step) {
      const { id } = sampleJob();
      await store.jobs.insert(sampleJob({ id, group }));
      const fence = await claimOne(store.queue);
      const added = Array.from({ length: step.add }, (_, i) => ({ jobId: id, targetId: `${id}/${i}` }));
      const records = added.map(({ targetId }) => ({
        targetId,
        errorCode: 0,
        errorMessage: null,
        created: NOW,
      }));
      await store.queue.appendRecords(fence, records);
      await store.queue.finish(fence, { state: 'completed', result: null, errorMessage: null }, NOW);
      model.jobs.push(id);
      model.records.push(...added);
    } else if ('note' in step) {
      const jobId = model.jobs[step.note % model.jobs.length];
      if (jobId === undefined) return;
      const targetId = `${jobId}/note`;
      const { recordId } = await store.records.add(sampleRecord({ jobId, group, targetId }), 'known');
      expect(model.told).not.toContain(recordId);
      model.told.add(recordId);
      model.records.push({ jobId, targetId });
    } else if (model.jobs.length > 0) {
      const [id] = model.jobs.splice(step.remove % model.jobs.length, 1);
      expect(await store.jobs.remove(id ?? '')).toBe(true);
      model.records = model.records.filter(({ jobId }) => jobId !== id);
    }
  }

  test('pages of a group are those of a plain list on every node, whatever was added and deleted on which', async () => {
    const url = await engine.url();
    const store = await engine.openStore(url);
    // Another node, which remembers and keeps as this one does, and hears of nothing.
    const other = await engine.openStore(url);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fc.nat({ max: 2_000 }), { maxLength: 6 }), async (plan, offsets) => {
        const model = new Model();
        const group = `group-${++run}`;
        for (const step of plan) {
          await apply(step.node === 0 ? store : other, model, group, step);
          const total = model.records.length;
          for (const offset of [0, Math.floor(total / 2), Math.max(0, total - 1), total, ...offsets]) {
            for (const { records } of [store, other]) {
              const page = await records.pageByGroup(group, { offset, max: 7 });
              expect(page.total).toBe(total);
              expect((await itemsOf(page.items)).map(({ targetId }) => targetId)).toEqual(
                model.records.slice(offset, offset + 7).map(({ targetId }) => targetId),
              );
            }
          }
        }
        for (const jobId of model.jobs) {
          const page = await other.records.pageByJob(jobId, { offset: 0, max: null });
          expect((await itemsOf(page.items)).map(({ targetId }) => targetId)).toEqual(
            model.records.filter((record) => record.jobId === jobId).map(({ targetId }) => targetId),
          );
        }
        const all = await itemsOf((await store.records.pageByGroup(group, { offset: 0, max: null })).items);
        expect(all.map(({ targetId }) => targetId)).toEqual(model.records.map(({ targetId }) => targetId));
      }),
      { seed: 20_240_711, numRuns: 15 },
    );
  });
});
