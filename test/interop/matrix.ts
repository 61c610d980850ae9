import { CASES, type CaseName } from './cases.ts';
import type { Report } from './report.ts';
import type { Binding, Toolkit } from './toolkit.ts';

const BEGIN = '<!-- matrix: npm run interop writes it -->';
const END = '<!-- end of matrix -->';

const HEADINGS = {
  soap11: '1.1',
  soap12: '1.2',
  rpc: 'rpc',
  utf16: 'UTF-16',
  chunked: 'chunks',
  gzip: 'gzip',
} as const satisfies Record<Binding, string>;

/** What a toolkit's programs reported, by binding; undefined where the toolkit is not installed. */
export interface Column {
  readonly toolkit: Toolkit;
  readonly reports: ReadonlyMap<Binding, Report> | undefined;
}

/**
 * The text with the table of toolkits by cases between its two marks. What is not installed keeps the
 * column and the notes that the text has of it. Throws when the marks are missing.
 */
export function withMatrix(text: string, columns: readonly Column[]): string {
  const [before, rest] = split(text, BEGIN);
  const [old, after] = split(rest, END);
  const kept = old.split('\n');
  const heads = cellsOf(kept.find((line) => line.startsWith('| Case ')) ?? '');
  const cell = (row: string, { toolkit, reports }: Column, now: (reports: Reports) => string) => {
    if (reports) return now(reports);
    const line = kept.find((candidate) => cellsOf(candidate)[0] === row) ?? '';
    return cellsOf(line)[heads.indexOf(toolkit.name)] ?? '';
  };
  const rows = [
    ['Case', ...columns.map(({ toolkit }) => toolkit.name)],
    ['', ...columns.map(({ toolkit }) => toolkit.bindings.map((binding) => HEADINGS[binding]).join(' '))],
    ...(Object.keys(CASES) as CaseName[]).map((name) => [
      `\`${name}\``,
      ...columns.map((column) =>
        cell(`\`${name}\``, column, (reports) => marks(column.toolkit, reports, name)),
      ),
    ]),
  ];
  const notes = columns.flatMap(({ toolkit, reports }) =>
    reports ? notesOn(toolkit, reports) : kept.filter((line) => line.startsWith(`- ${toolkit.name}: `)),
  );
  return `${before}${BEGIN}\n\n${table(rows)}\n\n${notes.join('\n')}\n\n${END}${after}`;
}

/** In Markdown as the formatter has it; the first row is the heading. */
function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((cells) => cells[at]?.length ?? 0)));
  const [head, ...body] = rows.map((cells) => cells.map((text, at) => text.padEnd(widths[at] ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  return [head ?? [], rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

type Reports = NonNullable<Column['reports']>;

function marks({ bindings }: Toolkit, reports: Reports, name: CaseName): string {
  const mark = { pass: '✓', toolkit: '†', fail: '✗' } as const;
  return bindings.map((binding) => mark[reports.get(binding)?.cases.get(name)?.outcome ?? 'fail']).join(' ');
}

/** A line for each of the toolkit's own faults that was seen, with the bytes, by the bindings that had them. */
function notesOn({ name: toolkit, bindings, ownFaults }: Toolkit, reports: Reports): string[] {
  return (Object.entries(ownFaults) as [CaseName, string][]).flatMap(([name, what]) => {
    const proofs = new Map<string, string[]>();
    for (const binding of bindings) {
      const report = reports.get(binding)?.cases.get(name);
      if (report?.outcome !== 'toolkit') continue;
      proofs.set(report.detail, [...(proofs.get(report.detail) ?? []), HEADINGS[binding]]);
    }
    const bytes = [...proofs].map(
      ([detail, where]) =>
        `${where.join(', ')}: \`${JSON.stringify(detail).slice(1, -1).replaceAll('\\"', '"')}\``,
    );
    return bytes.length > 0 ? [`- ${toolkit}: \`${name}\` ${what} (${bytes.join('; ')})`] : [];
  });
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`there is no ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((text) => text.trim());
}
