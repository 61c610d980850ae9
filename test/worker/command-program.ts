import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandProgram } from '../../src/core/program.ts';
import type { WorkerRig } from './worker-rig.ts';

/** Adds a program that is a command: a script for Node, in a process of its own. */
export function nodeCommand(
  rig: WorkerRig,
  name: string,
  body: string,
  more: Partial<CommandProgram> = {},
): void {
  const script = join(rig.folder, `${name}.mjs`);
  const report = 'const say = (line) => process.stdout.write(JSON.stringify(line) + "\\n");\n';
  writeFileSync(script, report + body);
  addCommand(rig, name, [process.execPath, script], more);
}

/** A script for sh: it starts in a tenth of Node's time. */
export function shellCommand(
  rig: WorkerRig,
  name: string,
  body: string,
  more: Partial<CommandProgram> = {},
): void {
  addCommand(rig, name, ['/bin/sh', '-c', body], more);
}

export function addCommand(
  rig: WorkerRig,
  name: string,
  argv: CommandProgram['argv'],
  more: Partial<CommandProgram> = {},
): void {
  rig.catalogue.set(name, {
    ...{ kind: 'command', name, type: 'program', published: true },
    ...{ argv, cwd: rig.folder, environment: { PATH: process.env['PATH'] ?? '' }, timeLimitMs: null },
    ...more,
  });
}
