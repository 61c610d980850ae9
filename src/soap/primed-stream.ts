/**
 * Waits for the first piece of a stream, and hands all of it on. What fails before there is
 * anything to send can so still be answered with a fault.
 */
export async function primeStream<T>(stream: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = stream[Symbol.asyncIterator]();
  let first: IteratorResult<T> | undefined = await iterator.next();
  const primed: AsyncIterableIterator<T> = {
    [Symbol.asyncIterator]: () => primed,
    next: () => {
      if (!first) return iterator.next();
      const result = first;
      first = undefined;
      return Promise.resolve(result);
    },
    // Written out, not an async generator: one that nobody ever read from would not pass this on.
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
  };
  return primed;
}
