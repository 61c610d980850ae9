import { expect, test } from 'vitest';
import { readAnswer } from '../../src/worker/http/read-answer.ts';

const answered = (body: string) => readAnswer({ status: 200, headers: {}, body: Buffer.from(body) });

test("an endpoint's result is measured as it is stored, not as it came", () => {
  expect(answered(`[${Array(100_000).fill('1e20').join(',')}]`)).toMatchObject({
    kind: 'failed',
    message: "the endpoint's answer is too large: 2200001 bytes of JSON, at most 1048576 are kept",
  });
});

test("an endpoint's result that is too deep to be written again fails its job at once", () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  expect(answered(deep)).toMatchObject({ kind: 'failed', message: expect.stringMatching(/stack/) });
});

test("an endpoint's result that can be kept is the job's", () => {
  expect(answered('{"rows":3}')).toEqual({ kind: 'returned', result: { rows: 3 } });
});
