const BINDINGS = ['1.1', '1.2', 'rpc'] as const;
const HEADS = ['', 'SOAP 1.1', 'SOAP 1.2', 'rpc/encoded', 'and'];

/**
 * How many cases work, a row for each toolkit of the table that test/interop/README.md shows: `42`, or `40 †` where
 * the others are the toolkit's own faults, or `40 ✗` where one is the gateway's.
 */
export function summaryOf(matrix: string): string[][] {
  const rows = matrix
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map(cellsOf);
  const [toolkits = [], bindings = [], ...cases] = rows.filter(([first]) => !/^-+$/.test(first ?? ''));
  return toolkits.slice(1).map((toolkit, index) => {
    const names = (bindings[index + 1] ?? '').split(' ');
    const marks = cases.map((row) => (row[index + 1] ?? '').split(' '));
    const count = (at: number): string => {
      const seen = marks.map((row) => row[at]);
      const working = seen.filter((mark) => mark === '✓').length;
      const worst = seen.includes('✗') ? ' ✗' : working < seen.length ? ' †' : '';
      return `${working}${worst}`;
    };
    const others = names.flatMap((name, at) =>
      (BINDINGS as readonly string[]).includes(name) ? [] : [`${name}: ${count(at)}`],
    );
    const usual = BINDINGS.map((name) => (names.includes(name) ? count(names.indexOf(name)) : '–'));
    return [toolkit, ...usual, others.join(', ')];
  });
}

/** The summary as the README has it. */
export function summaryTable(matrix: string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [HEADS, HEADS.map(() => '---'), ...summaryOf(matrix)].map(line).join('\n');
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((text) => text.trim());
}
