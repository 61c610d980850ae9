import { expect, test } from 'vitest';
import { readJobId, readRange, readWait } from '../../../src/dialects/protrak/query.ts';
import type { HttpContext } from '../../../src/http/exchange.ts';

const asked = (querystring: string) => ({ querystring }) as HttpContext;

test.each([
  ['', { skip: 0, take: 25 }],
  ['skip=7', { skip: 7, take: 25 }],
  ['take=100', { skip: 0, take: 100 }],
  ['take=101&skip=1', { skip: 1, take: 100 }],
  ['page=2', { skip: 0, take: 25 }],
])('the range of "%s"', (query, range) => {
  expect(readRange(asked(query))).toEqual(range);
});

test.each([
  ['', 0],
  ['wait=0', 0],
  ['wait=5', 5_000],
  ['wait=60', 60_000],
  ['wait=3600', 60_000],
])('the wait of "%s" is %i ms, never more than a minute', (query, ms) => {
  expect(readWait(asked(query))).toBe(ms);
});

test.each([
  '0B8A1C1E-2F5D-4C6B-9E57-0C3D2A1B4F60',
  '0b8a1c1e2f5d4c6b9e570c3d2a1b4f60',
  '{0b8a1c1e-2f5d-4c6b-9e57-0c3d2a1b4f60}',
  '(0B8A1C1E-2F5D-4C6B-9E57-0C3D2A1B4F60)',
])('%s is a Guid', (spelt) => {
  expect(readJobId(spelt)).toBe('0b8a1c1e-2f5d-4c6b-9e57-0c3d2a1b4f60');
});

test.each([
  'THEIR-OWN:id',
  '{x}',
  '{0b8a1c1e-2f5d-4c6b-9e57-0c3d2a1b4f60',
  '0b8a1c1e-2f5d-4c6b-9e57-0c3d2a1b4f6',
  '0b8a1c1e-2f5d-4c6b-9e57-0c3d2a1b4f60-',
])('%s is none, and looked for as it is', (id) => {
  expect(readJobId(id)).toBe(id);
});
