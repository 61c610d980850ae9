import { maskSource } from './mask-source.ts';

/** Everything that `source` imports: statically, dynamically, for types only, or to export it again. */
export function readImports(source: string): string[] {
  const { code, strings } = maskSource(source);
  return [...code.matchAll(IMPORT)].map(
    (match) => strings[Number(match[1] ?? match[2] ?? match[3])] as string,
  );
}

/** The members of `process` that `source` uses; `process` itself where it is passed on or taken apart. */
export function readProcessUses(source: string): string[] {
  const { code, strings } = maskSource(source);
  const members = [...code.matchAll(PROCESS)].map((match) => match[1] ?? 'process');
  const imported = [...code.matchAll(/\bimport\s*\{([^{}]*)\}\s*from\s*'§(\d+)'/g)]
    .filter((match) => /^(node:)?process$/.test(strings[Number(match[2])] ?? ''))
    .flatMap((match) =>
      [...(match[1] ?? '').matchAll(/(\w+)(?:\s+as\s+\w+)?/g)].map((name) => name[1] as string),
    );
  return [...members, ...imported];
}

/** Neither a member of something else, nor a property's name, nor the default import: its members count. */
const PROCESS = /(?<![\w$.'])process\b(?!\s*:|\s+from\b)(?:\s*\??\.\s*(\w+))?/g;

/** In masked code a string is `'§N'`. The clause before `from` may hold nothing but names, commas, braces and a star. */
const IMPORT =
  /\b(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\*(?:\s*as\s+[\w$]+)?|\{[^{}]*\})?\s*from\s*'§(\d+)'|\bimport\s*'§(\d+)'|\b(?:import|require)\s*\(\s*'§(\d+)'/g;
