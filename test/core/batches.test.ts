import { describe, expect, test } from 'vitest';
import { type Batches, mapBatches, readFirst } from '../../src/core/batches.ts';

/** A source that says how far it was read and whether it was let go. */
function source(batches: readonly (readonly number[])[]) {
  const seen = { read: 0, ended: false };
  async function* read() {
    try {
      for (const batch of batches) {
        seen.read += 1;
        yield batch;
      }
    } finally {
      seen.ended = true;
    }
  }
  return { seen, batches: read() };
}

async function collect<T>(batches: Batches<T>): Promise<(readonly T[])[]> {
  if (Array.isArray(batches)) return [batches];
  const collected: (readonly T[])[] = [];
  for await (const batch of batches as AsyncIterable<readonly T[]>) collected.push(batch);
  return collected;
}

describe('readFirst', () => {
  test('makes an empty array of a source without a batch', async () => {
    expect(await readFirst(source([]).batches)).toEqual([]);
  });

  test('makes an array of a single batch', async () => {
    expect(await readFirst(source([[1, 2]]).batches)).toEqual([1, 2]);
  });

  test('gives every batch of a longer source, in order', async () => {
    const batches = await readFirst(source([[1, 2], [3], [4, 5], [6]]).batches);
    expect(Array.isArray(batches)).toBe(false);
    expect(await collect(batches)).toEqual([[1, 2], [3], [4, 5], [6]]);
  });

  test('reads no further ahead than it needs to know that there is more', async () => {
    const { seen, batches } = source([[1], [2], [3], [4]]);
    await readFirst(batches);
    expect(seen.read).toBe(2);
  });

  test('fails before anything was given when the first batch cannot be read', async () => {
    async function* broken(): AsyncGenerator<number[]> {
      yield await Promise.reject(new Error('the store is away'));
    }
    await expect(readFirst(broken())).rejects.toThrow('the store is away');
  });

  test('lets the source go when the consumer stops early', async () => {
    const { seen, batches } = source([[1], [2], [3], [4]]);
    for await (const batch of (await readFirst(batches)) as AsyncIterable<readonly number[]>) {
      if (batch[0] === 3) break;
    }
    expect(seen).toEqual({ read: 3, ended: true });
  });
});

describe('mapBatches', () => {
  const double = (number: number) => number * 2;

  test('maps an array to an array', () => {
    expect(mapBatches([1, 2], double)).toEqual([2, 4]);
  });

  test('maps batch by batch, as they are asked for', async () => {
    const { seen, batches } = source([[1, 2], [3]]);
    const mapped = mapBatches(batches, double);
    expect(seen.read).toBe(0);
    expect(await collect(mapped)).toEqual([[2, 4], [6]]);
  });
});
