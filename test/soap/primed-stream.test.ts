import { describe, expect, test } from 'vitest';
import { primeStream } from '../../src/soap/primed-stream.ts';

describe('a primed stream', () => {
  test('gives everything, once', async () => {
    const primed = await primeStream(counted().stream);
    const all: number[] = [];
    for await (const piece of primed) all.push(piece);
    expect(all).toEqual([1, 2, 3]);
  });

  test('has read the first piece and no more', async () => {
    const { stream, state } = counted();
    await primeStream(stream);
    expect(state.given).toBe(1);
  });

  test('throws at once what the source throws first', async () => {
    const failing = (async function* (): AsyncGenerator<number> {
      if (Date.now() > 0) throw new Error('gone');
      yield 1;
    })();
    await expect(primeStream(failing)).rejects.toThrow('gone');
  });

  test.each(['before the first piece', 'after it'])(
    'closes its source when the reader stops %s',
    async (when) => {
      const { stream, state } = counted();
      const iterator = (await primeStream(stream))[Symbol.asyncIterator]();
      if (when === 'after it') await iterator.next();
      await iterator.return?.();
      expect(state.closed).toBe(true);
    },
  );
});

function counted(): { stream: AsyncGenerator<number>; state: { given: number; closed: boolean } } {
  const state = { given: 0, closed: false };
  const stream = (async function* (): AsyncGenerator<number> {
    try {
      while (state.given < 3) yield ++state.given;
    } finally {
      state.closed = true;
    }
  })();
  return { stream, state };
}
