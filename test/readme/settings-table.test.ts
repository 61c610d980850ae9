import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SETTINGS } from '../../src/settings.ts';

const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

test('the README lists every setting with its default and its meaning', () => {
  const rows = Object.entries(SETTINGS).map(
    ([name, setting]) => `| \`${name}\` | ${shown(name, setting.default)} | ${setting.meaning} |`,
  );
  expect(README).toContain(`| variable | default | meaning |\n|---|---|---|\n${rows.join('\n')}\n\n`);
});

function shown(name: string, value: unknown): string {
  // The machine's own number.
  if (name === 'JOBGATE_WORKER_CONCURRENCY') return 'cores';
  return value === undefined || typeof value === 'object' ? '' : `\`${value}\``;
}
