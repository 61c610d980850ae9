import { resolve } from 'node:path';
import { EMPTY_CATALOGUE, loadCatalogue } from './catalogue.ts';
import type { Catalogue } from './core/catalogue.ts';
import { SETTINGS, type Settings } from './settings.ts';

export interface Config extends Settings {
  readonly catalogue: Catalogue;
}

/** All that is wrong with the configuration, a line a problem, each beginning with the setting's name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `the configuration has ${problems.length} problem(s):\n${problems.map((p) => `  ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** Environment and catalogue -> one frozen Config. An empty variable counts as absent. Throws ConfigError. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = unknownNames(environment).map((name) => `${name}: there is no such setting`);
  const read = Object.entries(SETTINGS).map(([name, setting]): [string, unknown] => {
    const given = environment[name];
    if (given === undefined || given === '') return [name, setting.default];
    try {
      return [name, setting.read(given)];
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
      return [name, setting.default];
    }
  });
  const settings = Object.fromEntries(read) as Settings;
  const path = settings.JOBGATE_CATALOGUE;
  const catalogue = path
    ? loadCatalogue(resolve(path), environment, (text) =>
        problems.push(`JOBGATE_CATALOGUE: ${path}: ${text}`),
      )
    : EMPTY_CATALOGUE;
  const programs = [...catalogue.programs.values()];
  const http = programs.find(({ kind }) => kind === 'http');
  if (http && settings.JOBGATE_CALLBACK_URL === undefined) {
    problems.push(
      `JOBGATE_CALLBACK_URL: is missing; the endpoint of the http program "${http.name}" must be told where to report`,
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({ ...settings, catalogue });
}

/** A misspelt setting would otherwise be ignored in silence. JOBGATE_TEST_… belongs to the test suite. */
function unknownNames(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('JOBGATE_') && !name.startsWith('JOBGATE_TEST_'))
    .filter((name) => !Object.hasOwn(SETTINGS, name));
}
