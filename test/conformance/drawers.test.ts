import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DIALECTS } from '../../src/dialects/index.ts';
import { drawerNames } from './drawer.ts';

const ROOMS = DIALECTS.map(({ name }) => name).sort();

test('every room has a drawer of fixtures, and every drawer a room', () => {
  expect(drawerNames()).toEqual(ROOMS);
});

test('every room has a suite that runs its drawer', () => {
  const missing = ROOMS.filter((name) => !existsSync(new URL(`./${name}.test.js`, import.meta.url)));
  expect(missing).toEqual([]);
});
