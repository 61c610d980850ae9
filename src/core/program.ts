import type { JobType } from './job.ts';

/** What the catalogue says about one program. */
export interface Program {
  readonly name: string;
  /** What its jobs are for, where the submission does not say. */
  readonly type: JobType;
  /** An ES module whose default export is the program; absolute path. */
  readonly module: string;
  /** False: known, but not to be run. */
  readonly published: boolean;
}

/** The programs that jobs may name. */
export type ProgramCatalogue = ReadonlyMap<string, Program>;
