import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { TurnReads } from '../../src/storage/turn-reads.ts';

/** Finds the length of every key but those that begin with `no`; notes what each statement asked for. */
function lengths() {
  const statements: string[][] = [];
  const reads = new TurnReads<number>(async (keys) => {
    statements.push([...keys]);
    return new Map(keys.filter((key) => !key.startsWith('no')).map((key) => [key, key.length]));
  });
  return { reads, statements };
}

test('what is asked for in one turn is read by one statement', async () => {
  const { reads, statements } = lengths();
  expect(await Promise.all([reads.find('a'), reads.find('bb'), reads.find('nothing')])).toEqual([
    1,
    2,
    undefined,
  ]);
  expect(statements).toHaveLength(1);
});

test('a key that is asked for twice in a turn is read once', async () => {
  const { reads, statements } = lengths();
  expect(await Promise.all([reads.find('a'), reads.find('a')])).toEqual([1, 1]);
  expect(statements).toEqual([['a']]);
});

test('what is asked for once a statement has begun is read by another', async () => {
  const answers: ((found: Map<string, number>) => void)[] = [];
  const reads = new TurnReads<number>(() => new Promise((resolve) => answers.push(resolve)));
  const before = reads.find('a');
  await nextTurn();
  const after = reads.find('a');
  await nextTurn();
  answers[1]?.(new Map([['a', 2]]));
  answers[0]?.(new Map([['a', 1]]));
  expect([await before, await after]).toEqual([1, 2]);
});

test('a statement asks for a power of two of keys, the last of them again', async () => {
  const { reads, statements } = lengths();
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => reads.find(key)));
  expect(statements).toEqual([['a', 'b', 'c', 'd', 'e', 'e', 'e', 'e']]);
});

test('a statement asks for 64 keys at most', async () => {
  const { reads, statements } = lengths();
  const keys = Array.from({ length: 130 }, (_, index) => `key ${index}`);
  expect(await Promise.all(keys.map((key) => reads.find(key)))).toEqual(keys.map((key) => key.length));
  expect(statements.map((asked) => asked.length)).toEqual([64, 64, 2]);
});

test('a statement that fails fails all that it was for, and nothing after it', async () => {
  let fails = true;
  const reads = new TurnReads<number>(async (keys) => {
    if (fails) throw new Error('away');
    return new Map(keys.map((key) => [key, key.length]));
  });
  const asked = await Promise.allSettled([reads.find('a'), reads.find('b')]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await reads.find('a')).toBe(1);
});
