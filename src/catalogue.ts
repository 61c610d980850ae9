import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Ajv } from 'ajv';
import type { Program, ProgramCatalogue } from './core/program.ts';

const schema = createRequire(import.meta.url)('../../src/catalogue.schema.json');

interface CatalogueFile {
  readonly programs?: Record<string, { readonly module: string }>;
}

/**
 * Reads the catalogue (JSON, see catalogue.schema.json). Every problem is passed to
 * `problem`, each with the place in the file; what is returned then is incomplete.
 */
export function loadCatalogue(path: string, problem: (text: string) => void): ProgramCatalogue {
  const file = readJson(path, problem);
  if (file === undefined || !isCatalogueFile(file, problem)) return new Map();
  const programs = Object.entries(file.programs ?? {}).map(([name, entry]): [string, Program] => {
    const module = resolve(dirname(path), entry.module);
    if (!statSync(module, { throwIfNoEntry: false })?.isFile()) {
      problem(`/programs/${pointerToken(name)}/module: there is no file ${module}`);
    }
    return [name, { name, module }];
  });
  return new Map(programs);
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
  const validate = new Ajv({ allErrors: true }).compile<CatalogueFile>(schema);
  if (validate(file)) return true;
  for (const error of validate.errors ?? []) {
    // Says only that the name is wrong; the error beside it says why.
    if (error.keyword === 'propertyNames') continue;
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
