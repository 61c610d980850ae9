import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCHEMAS = fileURLToPath(new URL('../../../test/support/schemas', import.meta.url));
/** Far below the limit of a command line: 128 KiB of file names. */
const FILES_AT_ONCE = 1_000;

/** A document and the name that a complaint about it should have. */
export interface NamedDocument {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Whether xmllint is there to validate with. Where it is not, a test may skip itself, loudly;
 * with CI=true that is an error.
 */
export function canValidate(): boolean {
  if (spawnSync('xmllint', ['--version']).error === undefined) return true;
  if (process.env['CI'] === 'true') throw new Error('xmllint is not installed: no answer can be validated');
  console.warn('\n*** SKIPPED: validating answers against the schema. xmllint is not installed. ***\n');
  return false;
}

/**
 * What xmllint has against whole SOAP envelopes, 1.1 and 1.2, whose Body must hold what the
 * schema inside the WSDL declares, or a Fault; a line a complaint, each beginning with the
 * document's name. Empty = all are valid.
 */
export async function validateEnvelopes(
  wsdl: string,
  documents: readonly NamedDocument[],
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'jobgate-schema-'));
  try {
    const schema = join(folder, 'answers.xsd');
    await writeFile(join(folder, 'payload.xsd'), payloadSchema(wsdl));
    await writeFile(schema, answerSchema(wsdl));
    const complaints: string[] = [];
    for (let from = 0; from < documents.length; from += FILES_AT_ONCE) {
      const names = new Map<string, string>();
      for (const { name, bytes } of documents.slice(from, from + FILES_AT_ONCE)) {
        const file = join(folder, `${names.size}.xml`);
        await writeFile(file, bytes);
        names.set(file, name);
      }
      complaints.push(...(await complaintsOf(schema, names)));
    }
    return complaints;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function complaintsOf(schema: string, names: ReadonlyMap<string, string>): Promise<string[]> {
  const options = ['--noout', '--nonet', '--schema', schema];
  const stderr = await run('xmllint', [...options, ...names.keys()], { maxBuffer: 64 * 1024 * 1024 }).then(
    () => '',
    (error: { stderr?: string }) => error.stderr || String(error),
  );
  return stderr
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith(' validates'))
    .map((line) => line.replace(/^(\S+?\.xml)(?=[: ])/, (file) => names.get(file) ?? file));
}

/** The WSDL's one inline schema as a document of its own: namespaces that the WSDL declares further up come along. */
function payloadSchema(wsdl: string): string {
  const schema = /<(\w+):schema\b[\s\S]*<\/\1:schema>/.exec(wsdl)?.[0];
  const root = /<\w+:definitions\b[^>]*>/.exec(wsdl)?.[0];
  if (schema === undefined || root === undefined) throw new Error('the WSDL has no inline schema');
  const declarations = (root.match(/xmlns:\w+="[^"]*"/g) ?? []).filter(
    (declaration) => !schema.slice(0, schema.indexOf('>')).includes(`${declaration.split('=')[0]}=`),
  );
  return schema.replace(':schema', `:schema ${declarations.join(' ')}`);
}

function answerSchema(wsdl: string): string {
  const namespace = /\btargetNamespace="([^"]*)"/.exec(payloadSchema(wsdl))?.[1];
  const imports = [
    [namespace, 'payload.xsd'],
    ['http://schemas.xmlsoap.org/soap/envelope/', join(SCHEMAS, 'soap-1.1-envelope.xsd')],
    ['http://www.w3.org/2003/05/soap-envelope', join(SCHEMAS, 'soap-1.2-envelope.xsd')],
  ];
  const lines = imports.map(([ns, file]) => `<xs:import namespace="${ns}" schemaLocation="${file}"/>`);
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${lines.join('')}</xs:schema>`;
}
