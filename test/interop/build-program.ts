import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { runChild } from './run-child.ts';
import type { Toolkit } from './toolkit.ts';

const LONGEST_BUILD_MS = 120_000;

/**
 * Compiles a toolkit's program from the WSDL into a folder of its own under `home`; undefined where
 * there is nothing to compile. Rejects with what the compiler said.
 */
export async function buildProgram(
  { build }: Toolkit,
  wsdl: string,
  home: string,
): Promise<string | undefined> {
  if (!build) return undefined;
  const folder = await mkdtemp(join(home, 'build-'));
  const { stdout, stderr, trouble } = await runChild([...build, folder, wsdl], LONGEST_BUILD_MS);
  if (trouble !== undefined) throw new Error(`the build failed: ${trouble}\n${stdout}\n${stderr}`);
  return folder;
}
