import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { CatalogueSchedule } from '../../src/core/schedule-store.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { NOW } from './sample-job.ts';
import { NO_PAYLOAD, sampleSchedule } from './sample-schedule.ts';

const ID = '11111111-1111-8111-8111-111111111111';
const LATER = NOW + 3_600_000;

/** As the catalogue says at LATER, when the next run is another one. */
function entry(more: Partial<CatalogueSchedule['schedule']> = {}): CatalogueSchedule {
  const { state: _state, removed: _removed, lastRun: _lastRun, ...schedule } = sampleSchedule({ id: ID });
  return { schedule: { ...schedule, nextRun: NOW, ...more }, payload: NO_PAYLOAD };
}

forEachEngine((engine) => {
  let url: string;
  let store: Store;

  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
  });
  beforeEach(() => engine.empty(url));

  const sync = (...entries: CatalogueSchedule[]) => store.schedules.syncCatalogue(entries);
  const find = () => store.schedules.find(ID);

  test("the catalogue's schedules are made, active and without a last run", async () => {
    await sync(entry());
    expect(await find()).toEqual({ ...entry().schedule, state: 'active', removed: false, lastRun: null });
  });

  test('a second start changes nothing, whenever it is', async () => {
    await sync(entry());
    const before = await find();
    await sync(entry({ nextRun: LATER, created: LATER }));
    expect(await find()).toEqual(before);
  });

  test('a change is taken over; the next run stays unless the times have changed', async () => {
    await sync(entry());
    await sync({
      ...entry({ description: 'new', nextRun: LATER }),
      payload: { ...NO_PAYLOAD, arguments: [1] },
    });
    expect(await find()).toMatchObject({ description: 'new', nextRun: NOW });
    expect(await store.schedules.findPayload(ID)).toEqual({ arguments: [1], parameters: [] });
  });

  test.each([
    ['its expression', { cron: '0 3 * * *', nextRun: LATER }],
    ['its time zone', { timeZone: 'Europe/Berlin', nextRun: LATER }],
    ['whether it runs by the clock at all', { cron: null, nextRun: null }],
  ])('the next run follows a change of %s', async (_, change) => {
    await sync(entry());
    await sync(entry(change));
    expect(await find()).toMatchObject(change);
  });

  test('what is on hold stays so, and is changed all the same', async () => {
    await sync(entry());
    await store.schedules.hold(ID);
    await sync(entry({ cron: '0 3 * * *', nextRun: LATER }));
    expect(await find()).toMatchObject({ state: 'held', nextRun: null, cron: '0 3 * * *' });
  });

  test('what a client removed stays so, also when it left the catalogue and came back', async () => {
    await sync(entry());
    await store.schedules.remove(ID);
    await sync(entry({ cron: '0 3 * * *', nextRun: LATER }));
    await sync();
    await sync(entry());
    expect(await find()).toMatchObject({ removed: true, nextRun: null });
  });

  test('what left the catalogue is removed, and back when it is', async () => {
    await sync(entry());
    await sync();
    expect(await find()).toMatchObject({ removed: true, nextRun: null });
    await sync(entry({ nextRun: LATER }));
    expect(await find()).toMatchObject({ removed: false, nextRun: LATER });
  });

  test("clients' schedules are left alone", async () => {
    const own = sampleSchedule();
    await store.schedules.insert(own, NO_PAYLOAD);
    await sync(entry());
    await sync();
    expect(await store.schedules.find(own.id)).toEqual(own);
  });

  test('several nodes that start at once make each schedule once', async () => {
    const nodes = await Promise.all(Array.from({ length: 4 }, () => engine.openStore(url)));
    const entries = Array.from({ length: 10 }, (_, i) => entry({ id: `${i}${ID.slice(1)}`, name: `n${i}` }));
    const orders = [entries, entries.toReversed(), entries, entries.toReversed()];
    await Promise.all(nodes.map((node, i) => node.schedules.syncCatalogue(orders[i] ?? [])));
    const found = await store.schedules.search({ match: 'contains', value: '' }, { skip: 0, take: 100 });
    expect(found.map(({ name }) => name).sort()).toEqual(entries.map(({ schedule }) => schedule.name));
  });
});
