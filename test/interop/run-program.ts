import { type Report, readReport } from './report.ts';
import { runChild } from './run-child.ts';
import type { Binding, Toolkit } from './toolkit.ts';

export interface Connection {
  readonly wsdl: string;
  readonly binding: Binding;
  readonly user: string;
  readonly password: string;
}

const LONGEST_RUN_MS = 60_000;

/**
 * Runs a toolkit's program once; `folder` is where it was compiled, if it had to be. Never rejects:
 * what went wrong is among the report's problems.
 */
export async function runProgram(
  { command: [file, ...first] }: Toolkit,
  folder: string | undefined,
  { wsdl, binding, user, password }: Connection,
): Promise<Report> {
  const compiled = folder === undefined ? [] : [folder];
  const { stdout, stderr, trouble } = await runChild(
    [file, ...first, ...compiled, wsdl, binding, user, password],
    LONGEST_RUN_MS,
  );
  const report = readReport(stdout);
  const problems = [trouble, stderr.trim()].filter((problem) => problem !== undefined && problem !== '');
  return { ...report, problems: [...(problems as string[]), ...report.problems] };
}
