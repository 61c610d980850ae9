import type { Terminal } from './terminal.ts';

/** The first line of standard input; an argument would be seen in the process list. */
export async function readPassword(terminal: Terminal): Promise<string> {
  const [password = ''] = (await terminal.readInput()).split(/\r?\n/, 1);
  return password;
}
