import { expect, test } from 'vitest';
import { readJobId } from '../../../src/dialects/protrak/job-id.ts';

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
