import { CASES, type CaseName } from './cases.ts';

export interface CaseReport {
  readonly outcome: 'pass' | 'fail' | 'toolkit';
  readonly detail: string;
}

/** What a program said of each case, and what was wrong with how it said it. */
export interface Report {
  readonly cases: ReadonlyMap<CaseName, CaseReport>;
  readonly problems: readonly string[];
}

const OUTCOMES: readonly unknown[] = ['pass', 'fail', 'toolkit'] satisfies CaseReport['outcome'][];

/** Reads a program's standard output. A case left out, unknown or told twice is a problem. */
export function readReport(output: string): Report {
  const cases = new Map<CaseName, CaseReport>();
  const problems: string[] = [];
  for (const line of output.split('\n').filter((text) => text.trim() !== '')) {
    const entry = readLine(line);
    if (!entry) problems.push(`not a report of a case: ${line}`);
    else if (cases.has(entry.name)) problems.push(`${entry.name} is reported twice`);
    else cases.set(entry.name, entry.report);
  }
  for (const name of Object.keys(CASES) as CaseName[]) {
    if (!cases.has(name)) problems.push(`${name} is left out`);
  }
  return { cases, problems };
}

function readLine(line: string): { name: CaseName; report: CaseReport } | undefined {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { case: name, outcome, detail } = entry as Record<string, unknown>;
  if (typeof name !== 'string' || !Object.hasOwn(CASES, name)) return undefined;
  if (!OUTCOMES.includes(outcome) || typeof detail !== 'string') return undefined;
  return { name: name as CaseName, report: { outcome: outcome as CaseReport['outcome'], detail } };
}
