import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';

const keyOf = (text: string) => createHash('sha256').update(text).digest('base64url');

forEachEngine((engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.openStore();
  });

  test('a key without failures is not found', async () => {
    expect(await store.loginFailures.find([keyOf('clean')])).toEqual(new Map());
    expect(await store.loginFailures.find([])).toEqual(new Map());
  });

  test('failures add up under each key', async () => {
    const [a, b] = [keyOf('a'), keyOf('b')];
    await store.loginFailures.add([a, b], 1_000, 0);
    await store.loginFailures.add([a], 2_000, 0);
    expect(await store.loginFailures.find([a, b])).toEqual(
      new Map([
        [a, { failures: 2, lastFailure: 2_000 }],
        [b, { failures: 1, lastFailure: 1_000 }],
      ]),
    );
  });

  test('a count whose last failure is long past starts again at one', async () => {
    const key = keyOf('past');
    await store.loginFailures.add([key], 1_000, 0);
    await store.loginFailures.add([key], 2_000, 0);
    await store.loginFailures.add([key], 9_000, 2_001);
    expect((await store.loginFailures.find([key])).get(key)).toEqual({ failures: 1, lastFailure: 9_000 });
  });

  test('fifty failures at once are fifty', async () => {
    const keys = [keyOf('busy'), keyOf('busier')];
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        store.loginFailures.add(i % 2 ? keys : keys.toReversed(), 5_000, 0),
      ),
    );
    const found = await store.loginFailures.find(keys);
    expect(keys.map((key) => found.get(key)?.failures)).toEqual([50, 50]);
  });

  test('a cleared key has a clean sheet', async () => {
    const key = keyOf('cleared');
    await store.loginFailures.add([key], 1_000, 0);
    await store.loginFailures.clear(key);
    expect((await store.loginFailures.find([key])).size).toBe(0);
  });

  test('a purge forgets counts whose last failure is before the time given', async () => {
    const fresh = await engine.openStore();
    const [old, recent] = [keyOf('old'), keyOf('recent')];
    await fresh.loginFailures.add([old], 1_000, 0);
    await fresh.loginFailures.add([recent], 2_000, 0);
    expect(await fresh.loginFailures.purge(2_000)).toBe(1);
    expect([...(await fresh.loginFailures.find([old, recent])).keys()]).toEqual([recent]);
  });
});
