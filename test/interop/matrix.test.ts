import { expect, test } from 'vitest';
import { CASES, type CaseName } from './cases.ts';
import { type Column, withMatrix } from './matrix.ts';
import type { CaseReport, Report } from './report.ts';
import type { Toolkit } from './toolkit.ts';

const EMPTY = 'Before.\n\n<!-- matrix: npm run interop writes it -->\n<!-- end of matrix -->\n\nAfter.\n';

const kit = (name: string, ownFaults: Toolkit['ownFaults'] = {}): Toolkit => ({
  name,
  bindings: ['soap11', 'rpc'],
  install: name,
  isInstalled: () => true,
  command: [name],
  ownFaults,
});

const report = (odd: Partial<Record<CaseName, CaseReport>> = {}): Report => ({
  cases: new Map(
    (Object.keys(CASES) as CaseName[]).map((name) => [name, odd[name] ?? { outcome: 'pass', detail: '' }]),
  ),
  problems: [],
});

const column = (toolkit: Toolkit, soap11: Report, rpc: Report): Column => ({
  toolkit,
  reports: new Map([
    ['soap11', soap11],
    ['rpc', rpc],
  ]),
});

/** The row of a case, without the blanks that only line it up. */
const rowOf = (text: string, name: CaseName) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`| \`${name}\` `))
    ?.replaceAll(/ +/g, ' ');

test('a case has a mark for each binding, and a toolkit of which nothing came has failed', () => {
  const nothing: Report = { cases: new Map(), problems: ['it did not start'] };
  const text = withMatrix(EMPTY, [
    column(kit('one'), report(), report({ kill: { outcome: 'fail', detail: 'x' } })),
    column(kit('two'), report(), nothing),
  ]);
  expect(rowOf(text, 'kill')).toBe('| `kill` | ✓ ✗ | ✓ ✗ |');
  expect(rowOf(text, 'login')).toBe('| `login` | ✓ ✓ | ✓ ✗ |');
  expect(text).toMatch(/^Before\.\n\n<!--.*-->\n\nAfter\.\n$/s);
});

test("a toolkit's own fault is noted with its bytes and the bindings that have it", () => {
  const fault: CaseReport = { outcome: 'toolkit', detail: '<a b="c">\r</a>' };
  const own = kit('one', { kill: 'kills too well', watch: 'never seen' });
  const text = withMatrix(EMPTY, [column(own, report(), report({ kill: fault }))]);
  expect(rowOf(text, 'kill')).toBe('| `kill` | ✓ † |');
  expect(text).toContain('- one: `kill` kills too well (rpc: `<a b="c">\\r</a>`)\n');
  expect(text).not.toContain('never seen');
});

test('a toolkit that is not installed keeps its column and its notes, wherever it stands now', () => {
  const fault: CaseReport = { outcome: 'toolkit', detail: '<a/>' };
  const absent = kit('two', { kill: 'is slow' });
  const present = column(kit('one'), report(), report());
  const seen = withMatrix(EMPTY, [column(absent, report(), report({ kill: fault })), present]);
  const text = withMatrix(seen, [present, { toolkit: absent, reports: undefined }]);
  expect(rowOf(text, 'kill')).toBe('| `kill` | ✓ ✓ | ✓ † |');
  expect(text).toContain('- two: `kill` is slow (rpc: `<a/>`)\n');
});

test('a text that is up to date stays as it is', () => {
  const columns = [column(kit('one'), report(), report())];
  const text = withMatrix(EMPTY, columns);
  expect(withMatrix(text, columns)).toBe(text);
});

test('a text without the marks is refused', () => {
  expect(() => withMatrix('nothing', [])).toThrow('there is no <!-- matrix');
});
