import { fileURLToPath } from 'node:url';

/** A toolkit's file as it stands in the sources: only TypeScript is compiled. */
export function programPath(path: string): string {
  return fileURLToPath(new URL(`../../../test/interop/${path}`, import.meta.url));
}
