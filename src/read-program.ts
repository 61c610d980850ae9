import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { ConfiguredText, ProgramEntry } from './catalogue-file.ts';
import type { CommandProgram, HttpProgram, Program } from './core/program.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Problem = (text: string) => void;
type Common = Pick<Program, 'name' | 'type' | 'published'>;

/** What every command sees of jobgate's own environment: never a setting, which may be a secret. */
const BASICS = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'USER', 'LOGNAME'];
/** Where an endpoint that never calls back is given up. */
const HTTP_TIME_LIMIT_S = 3_600;

/** A program as the catalogue describes it. Each problem begins with the place below the program. */
export function readProgram(
  name: string,
  entry: ProgramEntry,
  { folder, environment }: { folder: string; environment: Environment },
  problem: Problem,
): Program {
  const common = { name, type: entry.type ?? 'program', published: entry.published ?? true };
  if ('command' in entry) return readCommand(common, entry, folder, environment, problem);
  if ('http' in entry) return readHttp(common, entry, environment, problem);
  const module = resolve(folder, entry.module);
  if (!statSync(module, { throwIfNoEntry: false })?.isFile()) problem(`/module: there is no file ${module}`);
  return { ...common, kind: 'module', module };
}

function readCommand(
  common: Common,
  entry: Extract<ProgramEntry, { command: unknown }>,
  folder: string,
  environment: Environment,
  problem: Problem,
): CommandProgram {
  const basics = BASICS.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const given = readTexts(entry.environment ?? {}, environment, (text) => problem(`/environment${text}`));
  const all = { ...Object.fromEntries(basics), ...given };
  const [file, ...args] = entry.command;
  const found = file.includes('/') ? executable(resolve(folder, file)) : lookUp(file, all['PATH']);
  if (found === undefined) problem(`/command/0: there is no file to run: ${file}`);
  const cwd = resolve(folder, entry.directory ?? '.');
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory())
    problem(`/directory: there is no folder ${cwd}`);
  return {
    ...common,
    kind: 'command',
    argv: [found ?? file, ...args],
    cwd,
    environment: all,
    timeLimitMs: entry.timeLimitSeconds === undefined ? null : entry.timeLimitSeconds * 1_000,
  };
}

function readHttp(
  common: Common,
  entry: Extract<ProgramEntry, { http: unknown }>,
  environment: Environment,
  problem: Problem,
): HttpProgram {
  const url = URL.canParse(entry.http) ? new URL(entry.http) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    problem('/http: is no http or https URL');
  } else if (url.username !== '' || url.password !== '') {
    problem('/http: a user name or password belongs into a header, with its value from the environment');
  }
  const headers = readTexts(entry.headers ?? {}, environment, (text) => problem(`/headers${text}`));
  for (const [name, value] of Object.entries(headers)) {
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) problem(`/headers/${name}: no header can have this value`);
  }
  const timeLimitMs = (entry.timeLimitSeconds ?? HTTP_TIME_LIMIT_S) * 1_000;
  return { ...common, kind: 'http', url: entry.http, headers, timeLimitMs };
}

/** Values that stand in the file, or in the environment variable that it names: secrets stand nowhere else. */
function readTexts(
  texts: Readonly<Record<string, ConfiguredText>>,
  environment: Environment,
  problem: Problem,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      if (typeof text === 'string') return [name, text];
      const value = environment[text.from];
      if (value === undefined) problem(`/${name}: there is no environment variable ${text.from}`);
      return [name, value ?? ''];
    }),
  );
}

function lookUp(file: string, path = ''): string | undefined {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const found = executable(join(folder, file));
    if (found !== undefined) return found;
  }
  return undefined;
}

function executable(file: string): string | undefined {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}
