import type { Program } from '../../src/core/program.ts';

/** A published program that is an ES module. */
export function moduleProgram(name: string, module: string): Program {
  return { kind: 'module', name, type: 'program', published: true, module };
}
