import { parseArgs } from 'node:util';
import { ROLES, type Role } from '../core/caller.ts';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'serve'; readonly worker: boolean }
  | { readonly name: 'worker' }
  | { readonly name: 'migrate'; readonly action: 'up' | 'down' | 'status' }
  | { readonly name: 'user add'; readonly username: string; readonly role: Role };

export const USAGE = `usage:
  jobgate serve [--no-worker]           gateway and, unless told otherwise, worker in one process
  jobgate worker                        a worker alone, on the same store
  jobgate migrate up|down|status        the store's schema (serve and worker migrate up by themselves)
  jobgate user add NAME [--role admin|user] --password-stdin

Settings are environment variables; the README lists them.`;

/** A command line that means nothing; the message says what was wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Throws UsageError. */
export function parseCommandLine(args: readonly string[]): Command {
  const { positionals, values } = parse(args);
  const [verb, noun, name, ...rest] = positionals;
  if (values.help || verb === 'help') return { name: 'help' };
  expectNoOtherOptions(verb, values);
  switch (verb) {
    case 'serve':
      expectNoMore(verb, noun);
      return { name: 'serve', worker: !values['no-worker'] };
    case 'worker':
      expectNoMore(verb, noun);
      return { name: 'worker' };
    case 'migrate':
      expectNoMore(verb, name);
      if (noun !== 'up' && noun !== 'down' && noun !== 'status') {
        throw new UsageError('migrate needs one of up, down, status');
      }
      return { name: 'migrate', action: noun };
    case 'user':
      expectNoMore('user add', rest[0]);
      return userAdd(noun, name, values);
    default:
      throw new UsageError(verb ? `there is no command "${verb}"` : 'a command is missing');
  }
}

const OPTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  serve: ['no-worker'],
  worker: [],
  migrate: [],
  user: ['role', 'password-stdin'],
};

type Values = ReturnType<typeof parse>['values'];

function userAdd(noun: string | undefined, username: string | undefined, values: Values): Command {
  if (noun !== 'add' || username === undefined) throw new UsageError('user needs: add NAME');
  const role = ROLES.find((candidate) => candidate === (values.role ?? 'user'));
  if (!role) throw new UsageError(`--role must be one of ${ROLES.join(', ')}`);
  // A password in an argument would be seen in the process list and the shell's history.
  if (!values['password-stdin'])
    throw new UsageError('the password is read from standard input: give --password-stdin');
  return { name: 'user add', username, role };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        'no-worker': { type: 'boolean' },
        role: { type: 'string' },
        'password-stdin': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** An option that belongs to another command would otherwise be passed over in silence. */
function expectNoOtherOptions(verb: string | undefined, values: Values): void {
  const other = Object.keys(values).find((option) => verb && OPTIONS_OF[verb]?.includes(option) === false);
  if (other !== undefined) throw new UsageError(`${verb} does not take --${other}`);
}

function expectNoMore(command: string, extra: string | undefined): void {
  if (extra !== undefined) throw new UsageError(`${command} does not take "${extra}"`);
}
