/** A list that may be long: an array when it fits one batch, else batches read from the store as they are asked for. */
export type Batches<T> = readonly T[] | AsyncIterable<readonly T[]>;

export function mapBatches<T, U>(batches: Batches<T>, map: (item: T) => U): Batches<U> {
  return Array.isArray(batches) ? batches.map(map) : mapEach(batches as AsyncIterable<readonly T[]>, map);
}

async function* mapEach<T, U>(
  batches: AsyncIterable<readonly T[]>,
  map: (item: T) => U,
): AsyncGenerator<readonly U[]> {
  for await (const batch of batches) yield batch.map(map);
}

/**
 * Reads the first batch now: a store that cannot answer is known before an answer has
 * begun, and a short list is a plain array.
 */
export async function readFirst<T>(source: AsyncIterable<readonly T[]>): Promise<Batches<T>> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return [];
  const second = await iterator.next();
  if (second.done) return first.value;
  return resume([first.value, second.value], iterator);
}

async function* resume<T>(read: T[], iterator: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield* read;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    // The consumer may stop early; so may the source then.
    await iterator.return?.();
  }
}
