import { findCircles } from './import-circles.ts';
import { breachOf, type SourceFile, targetOf } from './import-rules.ts';
import { readImports, readProcessUses } from './read-imports.ts';

const MOST_LINES = 300;
/** A name that says nothing of what is inside draws everything in. */
const EMPTY_NAME = /(^|\/)(utils?|helpers?|commons?|types?|misc|shared)\.ts$/;
/** What any file may ask of `process`: nothing that comes from outside or reaches there. */
const HARMLESS = new Set([
  'cpuUsage',
  'getActiveResourcesInfo',
  'hrtime',
  'memoryUsage',
  'nextTick',
  'pid',
  'version',
  'versions',
]);

/** Who may ask for more. */
const ALLOWED: Readonly<Record<string, ReadonlySet<string>>> = {
  // Signals to a group of processes: a child's own `kill` reaches the child alone.
  'worker/command/process-group.ts': new Set(['kill']),
};

/** All that breaks the rules of the house, a line a breach, sorted. */
export function checkHouse(files: readonly SourceFile[]): string[] {
  const imports = new Map<string, string[]>();
  const breaches: string[] = [];
  const known = new Set(files.map(({ path }) => path));
  for (const { path, source } of files) {
    const specifiers = readImports(source);
    breaches.push(
      ...specifiers.map((specifier) => breachOf(path, specifier)).filter((breach) => breach !== undefined),
    );
    imports.set(
      path,
      specifiers
        .map((specifier) => targetOf(path, specifier))
        .filter((target) => target !== undefined && known.has(target)) as string[],
    );
    if (path !== 'main.ts') {
      const uses = readProcessUses(source).filter((use) => !HARMLESS.has(use) && !ALLOWED[path]?.has(use));
      breaches.push(...uses.map((use) => `${path} touches process${use === 'process' ? '' : `.${use}`}`));
    }
    if (EMPTY_NAME.test(path)) breaches.push(`${path} has a name that says nothing`);
    const lines = source.trimEnd().split('\n').length;
    if (lines > MOST_LINES) breaches.push(`${path} has ${lines} lines, over ${MOST_LINES}`);
  }
  breaches.push(...findCircles(imports).map((circle) => `a circle: ${circle}`));
  return [...new Set(breaches)].sort();
}
