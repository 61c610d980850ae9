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
    await store.loginFailures.add(a, 1_000, 60_000);
    await store.loginFailures.add(b, 1_000, 60_000);
    await store.loginFailures.add(a, 2_000, 60_000);
    expect(await store.loginFailures.find([a, b])).toEqual(
      new Map([
        [a, { failures: 2, lastFailure: 2_000 }],
        [b, { failures: 1, lastFailure: 1_000 }],
      ]),
    );
  });

  test.each([
    ['one failure is forgiven for each whole interval', 26_999, 2],
    ['no more are forgiven than there are', 1_000_000, 1],
    ['none is forgiven within an interval', 6_999, 4],
    ['a failure on a clock that is behind forgives nothing', 0, 4],
  ])('%s', async (_name, now, failures) => {
    const key = keyOf(`forgiven ${now}`);
    for (const at of [1_000, 2_000, 7_000 - 1]) await store.loginFailures.add(key, at, 10_000);
    await store.loginFailures.add(key, now, 10_000);
    expect((await store.loginFailures.find([key])).get(key)?.failures).toBe(failures);
  });

  test('fifty failures at once are fifty', async () => {
    const key = keyOf('busy');
    await Promise.all(Array.from({ length: 50 }, () => store.loginFailures.add(key, 5_000, 60_000)));
    expect((await store.loginFailures.find([key])).get(key)?.failures).toBe(50);
  });

  test('a cleared key has a clean sheet', async () => {
    const key = keyOf('cleared');
    await store.loginFailures.add(key, 1_000, 60_000);
    await store.loginFailures.clear(key);
    expect((await store.loginFailures.find([key])).size).toBe(0);
  });

  test('a purge forgets counts whose last failure is before the time given', async () => {
    const fresh = await engine.openStore();
    const [old, recent] = [keyOf('old'), keyOf('recent')];
    await fresh.loginFailures.add(old, 1_000, 60_000);
    await fresh.loginFailures.add(recent, 2_000, 60_000);
    expect(await fresh.loginFailures.purge(2_000)).toBe(1);
    expect([...(await fresh.loginFailures.find([old, recent])).keys()]).toEqual([recent]);
  });
});
