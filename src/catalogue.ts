import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { type CatalogueFile, readProjects } from './catalogue-file.ts';
import type { Catalogue } from './core/catalogue.ts';
import type { JobType } from './core/job.ts';
import type { Program } from './core/program.ts';
import { readProgram } from './read-program.ts';
import { readSchedules } from './read-schedules.ts';

/** Made by `npm run build`: see compile-catalogue-schema.ts. */
const VALIDATOR = './catalogue.validator.cjs';

/** What a node without a catalogue can run. */
export const EMPTY_CATALOGUE: Catalogue = {
  programs: new Map(),
  typePrograms: new Map(),
  projects: new Map(),
};

/**
 * Reads the catalogue (JSON, see catalogue.schema.json). Every problem is passed to
 * `problem`, each with the place in the file; what is returned then is incomplete. Texts that the file leaves
 * to the environment, and the basics of every command's own, are taken from `environment`.
 */
export function loadCatalogue(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
  problem: (text: string) => void,
): Catalogue {
  const file = readJson(path, problem);
  if (file === undefined || !isCatalogueFile(file, problem)) return EMPTY_CATALOGUE;
  const place = { folder: dirname(path), environment };
  const programs = Object.entries(file.programs ?? {}).map(([name, entry]): [string, Program] => {
    const at = `/programs/${pointerToken(name)}`;
    return [name, readProgram(name, entry, place, (text) => problem(`${at}${text}`))];
  });
  const known = new Map(programs);
  const types = Object.entries(file.types ?? {}) as [JobType, string][];
  for (const [type, program] of types) {
    if (!known.has(program)) problem(`/types/${type}: there is no program "${program}"`);
  }
  return {
    programs: known,
    typePrograms: new Map(types),
    projects: readProjects(file.projects ?? {}, known, (place, text) =>
      problem(`/projects/${place.map(pointerToken).join('/')}: ${text}`),
    ),
    schedules: readSchedules(file.schedules ?? {}, known, (name, text) =>
      problem(`/schedules/${pointerToken(name)}: ${text}`),
    ),
  };
}

function readJson(path: string, problem: (text: string) => void): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    problem(`cannot be read: ${(error as Error).message}`);
    return undefined;
  }
}

function isCatalogueFile(file: unknown, problem: (text: string) => void): file is CatalogueFile {
  const validate: ValidateFunction<CatalogueFile> = createRequire(import.meta.url)(VALIDATOR);
  if (validate(file)) return true;
  for (const error of validate.errors ?? []) {
    // They say only that the name, or that one of the forms, is wrong; the error beside it says why.
    if (error.keyword === 'propertyNames' || error.keyword === 'if') continue;
    const name = error.propertyName === undefined ? '' : `the name ${JSON.stringify(error.propertyName)} `;
    const detail = error.keyword === 'additionalProperties' ? ` "${error.params['additionalProperty']}"` : '';
    problem(`${error.instancePath || '/'}: ${name}${error.message}${detail}`);
  }
  return false;
}

/** A name as a JSON pointer spells it (RFC 6901), which is how the schema's own errors do. */
function pointerToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
