import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from '../../src/worker/command/read-lines.ts';

async function* chunked(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let from = 0;
  for (const size of sizes) {
    yield bytes.subarray(from, from + size);
    from += size;
  }
  if (from < bytes.length) yield bytes.subarray(from);
}

async function linesOf(text: string, sizes: readonly number[], longest = 1_000): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const { bytes, cut, ended } of readLines(chunked(Buffer.from(text), sizes), longest)) {
    lines.push([bytes.toString(), cut, ended]);
  }
  return lines;
}

test('lines are the same however the output comes in', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '\n', '\r'), maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 5 })), async (output, sizes) => {
      const expected = output.split('\n').map((line, index, all) => [line, false, index < all.length - 1]);
      if (output.endsWith('\n') || output === '') expected.pop();
      expect(await linesOf(output, sizes)).toEqual(expected);
    }),
  );
});

test.each([[[]], [[1, 1, 1, 1, 1, 1, 1]], [[5, 5]]])(
  'a line that is too long is cut, and the next one whole (%j)',
  async (sizes) => {
    expect(await linesOf('abcdef\nabc\nabcd', sizes, 3)).toEqual([
      ['abc', true, true],
      ['abc', false, true],
      ['abc', true, false],
    ]);
  },
);
