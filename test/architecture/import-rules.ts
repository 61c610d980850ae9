import { posix } from 'node:path';

/** A file of src, by its path below it with forward slashes, such as `http/reply.ts`. */
export interface SourceFile {
  readonly path: string;
  readonly source: string;
}

interface Rule {
  /** Which files it speaks of; of several that match the first one holds. */
  readonly files: RegExp;
  /** What of ours they may import, besides what `own` says; matched against the path below src. */
  readonly mayImport: readonly RegExp[];
  /** Whether they may import their own folder. */
  readonly own: boolean;
  /** Node's modules and packages; without it, all that PACKAGE_OWNERS leaves open. */
  readonly packages?: readonly string[];
}

const folder = (name: string) => new RegExp(`^${name}/`);
const CORE = folder('core');
const TEXT = folder('text');
const TOP_LEVEL = /^[^/]+$/;

/** Who may import whom: the table of the house. Whatever no rule speaks of is a breach. */
const RULES: readonly Rule[] = [
  { files: folder('core'), mayImport: [], own: true, packages: ['node:crypto'] },
  { files: folder('storage'), mayImport: [CORE], own: true },
  { files: folder('worker'), mayImport: [CORE], own: true },
  { files: folder('webhooks'), mayImport: [CORE], own: true },
  { files: folder('scheduler'), mayImport: [CORE], own: true },
  { files: folder('text'), mayImport: [], own: true },
  { files: folder('xml'), mayImport: [TEXT], own: true },
  { files: folder('soap'), mayImport: [folder('xml'), TEXT], own: true },
  { files: folder('http'), mayImport: [CORE, TEXT], own: true },
  {
    files: /^dialects\/index\.ts$/,
    mayImport: [/^dialects\/dialect\.ts$/, /^dialects\/[^/]+\/index\.ts$/],
    own: false,
  },
  { files: /^dialects\/dialect\.ts$/, mayImport: [CORE, folder('http'), folder('xml')], own: false },
  {
    files: /^dialects\/[^/]+\//,
    mayImport: [CORE, folder('http'), folder('xml'), folder('soap'), /^dialects\/dialect\.ts$/],
    own: true,
  },
  { files: folder('client'), mayImport: [], own: true },
  { files: folder('admin'), mayImport: [CORE, folder('http')], own: true },
  { files: /^main\.ts$/, mayImport: [CORE, folder('commands'), /^(app|config|settings)\.ts$/], own: false },
  { files: /^app\.ts$/, mayImport: [/^(?!main\.ts$)/], own: false },
  {
    files: folder('commands'),
    mayImport: [CORE, folder('storage'), folder('worker'), /^(?!main\.ts$)[^/]+$/],
    own: true,
  },
  // What the composition root is cut into: settings are read by the parsers of those who use them.
  {
    files: TOP_LEVEL,
    mayImport: [
      CORE,
      folder('http'),
      folder('storage'),
      folder('webhooks'),
      folder('scheduler'),
      /^dialects\/dialect\.ts$/,
      /^(?!main\.ts$|app\.ts$)[^/]+$/,
    ],
    own: false,
  },
];

/** Packages that belong to one part: nobody else speaks SQL or HTTP. */
const PACKAGE_OWNERS: ReadonlyMap<string, RegExp> = new Map([
  ['knex', folder('storage')],
  ['mysql2', folder('storage')],
  ['better-sqlite3', folder('storage')],
  ['koa', /^(http|dialects|admin)\//],
  ['@koa/router', /^((http|dialects|admin)\/|openapi\.ts$)/],
  ['soap', folder('soap')],
  ['piscina', folder('worker')],
  ['croner', folder('scheduler')],
]);

/** What is wrong with `from` importing `specifier`; undefined when nothing is. */
export function breachOf(from: string, specifier: string): string | undefined {
  const rule = RULES.find(({ files }) => files.test(from));
  if (!rule) return `${from}: no rule says what it may import`;
  const target = targetOf(from, specifier);
  if (target === undefined) return packageBreachOf(from, specifier, rule);
  const own = rule.own && ownFolder(from) === ownFolder(target);
  if (own || rule.mayImport.some((allowed) => allowed.test(target))) return undefined;
  return `${from} imports ${target}`;
}

/** The file below src that a relative specifier means; undefined for a package or a module of Node. */
export function targetOf(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), specifier)) : undefined;
}

function packageBreachOf(from: string, specifier: string, rule: Rule): string | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  const owner = PACKAGE_OWNERS.get(name);
  const allowed = rule.packages ? rule.packages.includes(specifier) : (owner?.test(from) ?? true);
  return allowed ? undefined : `${from} imports ${specifier}`;
}

/** A room's folder is dialects/x; any other part's is the first one. */
function ownFolder(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'dialects' ? `${first}/${second}` : first;
}
