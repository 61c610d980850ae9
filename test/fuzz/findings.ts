import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MangledRequest } from './mangled-request.ts';

const FOLDER = fileURLToPath(new URL('../../../fixtures/findings', import.meta.url));

/** What is known of a request that was once answered wrongly. */
export interface FindingNote {
  readonly room: string;
  /** What was wrong then. */
  readonly problem: string;
  /** Whether the request is whole as HTTP. */
  readonly framed: boolean;
}

export interface Finding extends MangledRequest {
  readonly name: string;
}

/** Every finding that was kept: `<name>.request.http`, the bytes as they are sent, and `<name>.why.json`. */
export function readFindings(): Finding[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.why.json'))
    .map((file) => {
      const name = file.slice(0, -'.why.json'.length);
      const { framed } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as FindingNote;
      return { name, framed, bytes: readFileSync(join(FOLDER, `${name}.request.http`)) };
    });
}

/** Returns the name that it is kept under. */
export function keepFinding(bytes: Buffer, note: FindingNote): string {
  const name = `${note.room}-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.request.http`), bytes);
  writeFileSync(join(FOLDER, `${name}.why.json`), `${JSON.stringify(note, null, 2)}\n`);
  return name;
}
