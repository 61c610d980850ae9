import { describe, expect, test } from 'vitest';
import { type Condition, condition } from '../../src/http/preconditions.ts';

const NOW = Date.UTC(2024, 1, 29, 12, 0, 1, 999);
const VALIDATORS = { etags: ['"x"', '"y"'], lastModified: NOW } as const;
const SAME = 'Thu, 29 Feb 2024 12:00:01 GMT';
const EARLIER = 'Thu, 29 Feb 2024 12:00:00 GMT';

function of(method: string, headers: Record<string, string>): Condition {
  return condition(method, headers, VALIDATORS);
}

describe.each(['GET', 'HEAD'])('a %s', (method) => {
  test.each<[Record<string, string>, Condition]>([
    [{}, 'proceed'],
    [{ 'if-none-match': '"x"' }, 'not-modified'],
    [{ 'if-none-match': 'W/"x"' }, 'not-modified'],
    [{ 'if-none-match': '"a,\tb", W/"x"' }, 'not-modified'],
    [{ 'if-none-match': '"a","x"' }, 'not-modified'],
    [{ 'if-none-match': ' * ' }, 'not-modified'],
    [{ 'if-none-match': '"y"' }, 'proceed'],
    [{ 'if-none-match': '"xx"' }, 'proceed'],
    [{ 'if-none-match': 'x' }, 'proceed'],
    [{ 'if-none-match': '' }, 'proceed'],
    [{ 'if-none-match': '"a", *' }, 'proceed'],
    [{ 'if-modified-since': SAME }, 'not-modified'],
    [{ 'if-modified-since': 'Thursday, 29-Feb-24 12:00:01 GMT' }, 'not-modified'],
    [{ 'if-modified-since': 'Thu Feb 29 12:00:01 2024' }, 'not-modified'],
    [{ 'if-modified-since': EARLIER }, 'proceed'],
    [{ 'if-modified-since': '2030-01-01' }, 'proceed'],
    [{ 'if-modified-since': 'Some, day GMT' }, 'proceed'],
    [{ 'if-none-match': '"a"', 'if-modified-since': SAME }, 'proceed'],
    [{ 'if-match': '"a"' }, 'failed'],
    [{ 'if-match': '"x"', 'if-none-match': '"x"' }, 'not-modified'],
    [{ 'if-unmodified-since': EARLIER }, 'failed'],
  ])('with %j: %s', (headers, expected) => {
    expect(of(method, headers)).toBe(expected);
  });
});

describe.each(['PUT', 'DELETE'])('a %s', (method) => {
  test.each<[Record<string, string>, Condition]>([
    [{}, 'proceed'],
    [{ 'if-match': '"x"' }, 'proceed'],
    [{ 'if-match': '"y"' }, 'proceed'],
    [{ 'if-match': '*' }, 'proceed'],
    [{ 'if-match': 'W/"x"' }, 'failed'],
    [{ 'if-match': '"a"' }, 'failed'],
    [{ 'if-match': '' }, 'failed'],
    [{ 'if-unmodified-since': SAME }, 'proceed'],
    [{ 'if-unmodified-since': EARLIER }, 'failed'],
    [{ 'if-unmodified-since': 'never' }, 'proceed'],
    [{ 'if-match': '"x"', 'if-unmodified-since': EARLIER }, 'proceed'],
    [{ 'if-none-match': '"y"' }, 'failed'],
    [{ 'if-none-match': '*' }, 'failed'],
    [{ 'if-none-match': '"a"' }, 'proceed'],
    [{ 'if-modified-since': SAME }, 'proceed'],
  ])('with %j: %s', (headers, expected) => {
    expect(of(method, headers)).toBe(expected);
  });
});
