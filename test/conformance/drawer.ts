import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MessageFile, parseMessageFile } from './message-file.ts';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));

/** One request and the answer that it must get. */
export interface Step {
  readonly name: string;
  readonly request: MessageFile;
  readonly response: MessageFile;
  /** The request is repeated until the answer comes. */
  readonly eventually: boolean;
}

export interface Case {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A setup.json; fixtures/README.md says what its members mean. */
export interface Setup {
  readonly about: string;
  readonly accounts: readonly AccountSetup[];
  readonly settings?: Readonly<Record<string, string>>;
  readonly worker?: boolean;
  readonly statements?: readonly string[];
}

export interface AccountSetup {
  readonly username: string;
  readonly role: 'admin' | 'user';
  readonly password?: string;
  readonly token?: string;
  readonly expired?: boolean;
  readonly failedLogins?: number;
}

/** Cases that share one gateway. */
export interface Shelf {
  readonly name: string;
  readonly setup: Setup;
  readonly cases: readonly Case[];
}

/** The names of all drawers: the folders of fixtures/ that have a shelf. */
export function drawerNames(): string[] {
  return foldersOf(FIXTURES).filter((name) =>
    foldersOf(join(FIXTURES, name)).some((shelf) => existsSync(join(FIXTURES, name, shelf, 'setup.json'))),
  );
}

/** A room's shelves; none where the room has no drawer. Throws on a file that is not part of a step. */
export function readDrawer(room: string): Shelf[] {
  const drawer = join(FIXTURES, room);
  if (!existsSync(drawer)) return [];
  return foldersOf(drawer).map((name) => {
    const shelf = join(drawer, name);
    return {
      name,
      setup: JSON.parse(readFileSync(join(shelf, 'setup.json'), 'utf8')) as Setup,
      cases: foldersOf(shelf).map((folder) => ({ name: folder, steps: readSteps(join(shelf, folder)) })),
    };
  });
}

const STEP_FILE = /^(\d\d-[a-z0-9-]+)\.(request|response|eventually\.response)\.http$/;

function readSteps(folder: string): Step[] {
  const files = new Map<string, Map<string, MessageFile>>();
  for (const file of readdirSync(folder).sort()) {
    const [, step = '', part = ''] = STEP_FILE.exec(file) ?? [];
    if (step === '') throw new Error(`${join(folder, file)} is not the name of a step's file`);
    const parts = files.get(step) ?? new Map<string, MessageFile>();
    files.set(step, parts.set(part, parseMessageFile(readFileSync(join(folder, file)))));
  }
  if (files.size === 0) throw new Error(`${folder} has no steps`);
  return [...files].map(([name, parts]) => {
    const request = parts.get('request');
    const response = parts.get('response') ?? parts.get('eventually.response');
    if (!request || !response || parts.size !== 2) {
      throw new Error(`${join(folder, name)} must have one request and one response`);
    }
    return { name, request, response, eventually: parts.has('eventually.response') };
  });
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
