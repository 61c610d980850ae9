import { parseArgs } from 'node:util';
import { type Command, type Invocation, type Option, UsageError } from './command.ts';
import { JOB_COMMANDS } from './job-commands.ts';
import { MIGRATE_COMMANDS } from './migrate-commands.ts';
import { PROCESS_COMMANDS } from './process-commands.ts';
import { SCHEDULE_COMMANDS } from './schedule-commands.ts';
import { USER_COMMANDS } from './user-commands.ts';
import { WEBHOOK_COMMANDS } from './webhook-commands.ts';

/** By the one or two words that name them, in the order of the usage. */
const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...PROCESS_COMMANDS,
    ...JOB_COMMANDS,
    ...SCHEDULE_COMMANDS,
    ...MIGRATE_COMMANDS,
    ...USER_COMMANDS,
    ...WEBHOOK_COMMANDS,
  }),
);

/** Where the usage begins to say what a command does. */
const EXPLAINED_AT = 40;
const WIDTH = 100;

export const USAGE = `usage:
${[...COMMANDS].map(([name, command]) => usageOf(name, command)).join('\n')}

Settings are environment variables; the README lists them.`;

/** What the words ask for; undefined where they ask for help. Throws UsageError. */
export function parseCommandLine(args: readonly string[]): Invocation | undefined {
  const { positionals, values } = parse(args);
  const { help, ...given } = values;
  if (help || positionals[0] === 'help') return undefined;
  const { name, command, operands } = findCommand(positionals);
  const { length } = command.operands;
  // An option that belongs to another command would otherwise be passed over in silence.
  const other = Object.keys(given).find((option) => !Object.hasOwn(command.options, option));
  if (other !== undefined) throw new UsageError(`${name} does not take --${other}`);
  if (operands.length < length) throw new UsageError(`${name} needs ${command.operands.join(' ')}`);
  if (operands.length > length) throw new UsageError(`${name} does not take "${operands[length]}"`);
  const entries = Object.entries(command.options);
  const read = entries.map(
    ([option, declared]) => [option, readOption(option, declared, given[option])] as const,
  );
  return command.invoke(name, operands, Object.fromEntries(read.filter(([, value]) => value !== undefined)));
}

type Given = readonly (string | boolean)[] | undefined;

function readOption(name: string, option: Option, given: Given): Given | string | boolean {
  if (given === undefined && option.required !== undefined) throw new UsageError(option.required);
  if (given === undefined || (option.type === 'string' && option.multiple)) return given;
  if (given.length > 1) throw new UsageError(`--${name} may be given once`);
  return given[0];
}

function findCommand(words: readonly string[]): { name: string; command: Command; operands: string[] } {
  for (const count of [2, 1]) {
    const name = words.slice(0, count).join(' ');
    const command = COMMANDS.get(name);
    if (command) return { name, command, operands: words.slice(count) };
  }
  const [verb] = words;
  if (verb === undefined) throw new UsageError('a command is missing');
  const nouns = [...COMMANDS.keys()]
    .filter((name) => name.startsWith(`${verb} `))
    .map((name) => name.slice(verb.length + 1));
  if (nouns.length === 0) throw new UsageError(`there is no command "${verb}"`);
  throw new UsageError(`${verb} needs one of ${nouns.join(', ')}`);
}

/**
 * The options of all commands are known while the words are sorted: only they tell which command it is. What one
 * takes once another may take often, so all are read as if they came often.
 */
function parse(args: readonly string[]) {
  const options: Record<string, { type: 'string' | 'boolean'; multiple: true; short?: string }> = {
    help: { type: 'boolean', multiple: true, short: 'h' },
  };
  for (const [name, option] of [...COMMANDS.values()].flatMap((command) => Object.entries(command.options))) {
    if (options[name] && options[name].type !== option.type) {
      throw new Error(`--${name} has a value in one command and none in another`);
    }
    options[name] = { type: option.type, multiple: true };
  }
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function usageOf(name: string, { operands, options, says }: Command): string {
  const shown = Object.entries(options).map(([option, use]) => usageOfOption(option, use));
  const lines = wrapped([`  jobgate ${name}`, ...operands, ...shown]);
  const explained = ' '.repeat(EXPLAINED_AT) + says;
  const [line = ''] = lines;
  if (lines.length > 1 || line.length >= EXPLAINED_AT - 1) return [...lines, explained].join('\n');
  return line + explained.slice(line.length);
}

function wrapped(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : `      ${word}`);
  }
  return lines;
}

function usageOfOption(name: string, option: Option): string {
  const text = option.type === 'string' ? `--${name} ${option.value}` : `--${name}`;
  const repeated = option.type === 'string' && option.multiple ? '…' : '';
  return option.required === undefined ? `[${text}]${repeated}` : `${text}${repeated}`;
}
