/** Lines of a table for people: a heading, then a line a row; columns as wide as their longest cell, two spaces between. */
export function textTable(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const shown = rows.map((row) => row.map(oneLine));
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...shown.map((row) => (row[column] ?? '').length)),
  );
  return [heading, ...shown].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** What clients wrote must not move the cursor of the operator's terminal. */
function oneLine(cell: string): string {
  return cell.replace(/\p{Cc}/gu, '�');
}
