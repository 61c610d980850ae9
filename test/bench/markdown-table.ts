import { type Comparison, type Figure, type Outcome, ratios } from './comparison.ts';
import { median } from './statistics.ts';

/** A comparison as a table: the median of each figure and, in brackets, the least and the most of the rounds. */
export function markdownTable({ title, figures, outcomes }: Comparison): string {
  const [reference] = outcomes;
  if (!reference) return '';
  const heads = figures.flatMap(({ name, ratio }) => (ratio ? [name, 'ratio'] : [name]));
  const lines = [
    `#### ${title}`,
    '',
    row(['', ...heads]),
    row(['---', ...heads.map(() => '---:')]),
    ...outcomes.map((outcome) =>
      row([outcome.name, ...figures.flatMap((figure) => cells(figure, outcome, reference))]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function cells(figure: Figure, outcome: Outcome, reference: Outcome): string[] {
  const values = outcome.rounds.flatMap((measured) => measured[figure.name] ?? []);
  const own = spread(values, figure.digits);
  return figure.ratio ? [own, spread(ratios(outcome, reference, figure.name), 2)] : [own];
}

function spread(values: readonly number[], digits?: number): string {
  const middle = median(values);
  if (middle === undefined) return '–';
  const text = (value: number) => rounded(value, digits);
  const [least, most] = [text(Math.min(...values)), text(Math.max(...values))];
  return least === most ? least : `${text(middle)} (${least}–${most})`;
}

/** Two significant digits at least, and no more than the figure is worth. */
function rounded(value: number, digits?: number): string {
  const places = digits ?? (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
  const small = value !== 0 && Math.abs(value) < 10 ** -places;
  if (small) return value.toPrecision(2);
  return value.toLocaleString('en-GB', { minimumFractionDigits: places, maximumFractionDigits: places });
}

function row(columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |`;
}
