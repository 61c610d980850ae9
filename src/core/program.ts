import type { JobType } from './job.ts';

/** What the catalogue says about a program of any kind. */
interface ProgramEntry {
  readonly name: string;
  /** What its jobs are for, where the submission does not say. */
  readonly type: JobType;
  /** False: known, but not to be run. */
  readonly published: boolean;
}

export interface ModuleProgram extends ProgramEntry {
  readonly kind: 'module';
  /** An ES module whose default export is the program; absolute path. */
  readonly module: string;
}

export interface CommandProgram extends ProgramEntry {
  readonly kind: 'command';
  /** A file, by absolute path or looked up in the environment's PATH, and its arguments. */
  readonly argv: readonly [string, ...string[]];
  /** Absolute path. */
  readonly cwd: string;
  /** All that the command's environment holds. */
  readonly environment: Readonly<Record<string, string>>;
  /** Null = none. */
  readonly timeLimitMs: number | null;
}

export interface HttpProgram extends ProgramEntry {
  readonly kind: 'http';
  /** http or https. */
  readonly url: string;
  /** Sent with the job; some are secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** From the first request to the end, over all attempts of which the endpoint knows. */
  readonly timeLimitMs: number;
}

/** What the catalogue says about one program. */
export type Program = ModuleProgram | CommandProgram | HttpProgram;

/** The programs that jobs may name. */
export type ProgramCatalogue = ReadonlyMap<string, Program>;
