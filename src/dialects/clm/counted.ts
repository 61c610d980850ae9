import type { Batches } from '../../core/batches.ts';
import type { CountedBatches } from '../../soap/compile-encoder.ts';

/** A list that says how many items come, also where they come in batches. */
export function counted<T>(batches: Batches<T>, count: number): readonly T[] | CountedBatches<T> {
  if (Array.isArray(batches)) return batches;
  const source = batches as AsyncIterable<readonly T[]>;
  return { count, [Symbol.asyncIterator]: () => source[Symbol.asyncIterator]() };
}
