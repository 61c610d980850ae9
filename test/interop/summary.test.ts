import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { summaryOf, summaryTable } from './summary.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const MATRIX = `
| Case    | One     | Two         |
| ------- | ------- | ----------- |
|         | 1.1 rpc | 1.1 1.2 gzip |
| \`login\` | ✓ ✓     | ✓ ✓ ✓       |
| \`add\`   | ✓ †     | ✗ † ✓       |
`;

test('a toolkit’s row counts what works, and says whose fault the rest is', () => {
  expect(summaryOf(MATRIX)).toEqual([
    ['One', '2', '–', '1 †', ''],
    ['Two', '1 ✗', '1 †', '–', 'gzip: 2'],
  ]);
});

test('the README sums up the table of the toolkits', () => {
  expect(read('README.md')).toContain(summaryTable(read('test/interop/README.md')));
});
