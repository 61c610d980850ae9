import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine } from './machine.ts';

/** What `npm run bench` writes; run from the project's root, as npm does. */
const FILE = join('test', 'bench', 'README.md');

/** Puts a scenario's tables where its last ones stood; the other scenarios' stay as they are. */
export function writeResults(scenario: string, tables: string): void {
  const [begin, end] = [`<!-- ${scenario} -->`, `<!-- /${scenario} -->`];
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${FILE} has no place for ${scenario}: ${begin} … ${end}`);
  const said = `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine()}.\n\n${tables}`;
  writeFileSync(FILE, `${text.slice(0, from + begin.length)}\n${said}${text.slice(to)}`);
}
