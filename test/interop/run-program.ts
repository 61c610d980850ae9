import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { type Report, readReport } from './report.ts';
import type { Binding, Toolkit } from './toolkit.ts';

export interface Connection {
  readonly wsdl: string;
  readonly binding: Binding;
  readonly user: string;
  readonly password: string;
}

const LONGEST_RUN_MS = 60_000;

/** Runs a toolkit's program once. Never rejects: what went wrong is among the report's problems. */
export async function runProgram({ command }: Toolkit, connection: Connection): Promise<Report> {
  const { wsdl, binding, user, password } = connection;
  const [file, ...first] = command;
  // Far from UTC, by half an hour too: a time read as local time is seen to be wrong.
  const env = { ...process.env, TZ: 'Asia/Kolkata' };
  const child = spawn(file, [...first, wsdl, binding, user, password], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_RUN_MS,
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${code ?? signal}`));
  });
  const [output, errors, trouble] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const report = readReport(output);
  const problems = [trouble, errors.trim()].filter((problem) => problem !== undefined && problem !== '');
  return { ...report, problems: [...(problems as string[]), ...report.problems] };
}
