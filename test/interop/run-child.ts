import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What became of a child process. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** Why it did not end by itself with 0; undefined when it did. */
  readonly trouble: string | undefined;
}

/** Runs a program to its end, or for so long. Never rejects. */
export async function runChild(
  [file, ...args]: readonly [string, ...string[]],
  longestMs: number,
): Promise<Ended> {
  // Far from UTC, by half an hour too: a time read as local time is seen to be wrong.
  const env = { ...process.env, TZ: 'Asia/Kolkata' };
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: longestMs });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${code ?? signal}`));
  });
  const [stdout, stderr, trouble] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, trouble };
}
