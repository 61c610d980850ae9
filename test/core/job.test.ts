import { describe, expect, test } from 'vitest';
import { overallPercentage, percentOf } from '../../src/core/job.ts';
import { JOB_STATES } from '../../src/core/job-state.ts';

describe('percentOf', () => {
  test.each([
    // [what, count, target, percentages, targets, expected]
    ['nothing reported', 0, 0, [], 3, 0],
    ['no count and no targets', 5, 0, [], 0, 0],
    ['half of the count', 5, 10, [], 0, 50],
    ['a third, rounded down', 1, 3, [], 0, 33],
    ['almost all, which is not yet all', 999, 1_000, [], 0, 99],
    ['all of the count', 10, 10, [], 0, 100],
    ['more than was aimed at', 11, 10, [], 0, 100],
    ['a count below nothing', -1, 10, [], 0, 0],
    ['the count before the targets', 1, 10, [100, 100], 2, 10],
    ['the mean over the targets', 0, 0, [100, 50], 2, 75],
    ['the mean, rounded down', 0, 0, [100, 50, 49], 3, 66],
    ['targets not reported on, as 0', 0, 0, [100], 4, 25],
    ['all targets', 0, 0, [100, 100, 100], 3, 100],
    ['a target below nothing: the program has not said', 5, -1, [50], 1, 50],
    ['counts beyond 32 bits', 3e12, 4e12, [], 0, 75],
  ])('gives %s', (_, count, target, percentages, targets, expected) => {
    expect(percentOf(count, target, percentages, targets)).toBe(expected);
  });

  test('is exact for every whole number of a hundred', () => {
    // 29 / 100 * 100 is 28.999999999999996 in floating point.
    for (let count = 0; count <= 100; count += 1) expect(percentOf(count, 100, [], 0)).toBe(count);
  });
});

describe('overallPercentage', () => {
  const halfway = { startedAt: 1, count: 1, target: 2, percent: 50 };

  test.each(JOB_STATES.filter((state) => state !== 'completed'))(
    'of a %s job is what its program said',
    (state) => {
      expect(overallPercentage({ state, progress: halfway })).toBe(50);
    },
  );

  test('of a completed job is 100, whatever its program last said', () => {
    expect(overallPercentage({ state: 'completed', progress: halfway })).toBe(100);
  });
});
