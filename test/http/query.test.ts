import { expect, test } from 'vitest';
import type { HttpContext } from '../../src/http/exchange.ts';
import { readRange, readWait } from '../../src/http/query.ts';

const asked = (querystring: string) => ({ querystring }) as HttpContext;

test.each([
  ['', { skip: 0, take: 25 }],
  ['skip=7', { skip: 7, take: 25 }],
  ['take=100', { skip: 0, take: 100 }],
  ['take=101&skip=1', { skip: 1, take: 100 }],
  ['format=json', { skip: 0, take: 25 }],
])('the page of "%s", where 100 are the most', (query, range) => {
  expect(readRange(asked(query), 100)).toEqual(range);
});

test.each([
  ['', 0],
  ['wait=0', 0],
  ['wait=60', 60_000],
  ['wait=61', 60_000],
])('the wait of "%s" is %i ms, never more than a minute', (query, ms) => {
  expect(readWait(asked(query))).toBe(ms);
});
