/** What the catalogue says about one program. */
export interface Program {
  readonly name: string;
  /** An ES module whose default export is the program; absolute path. */
  readonly module: string;
}

/** The programs that jobs may name. */
export type ProgramCatalogue = ReadonlyMap<string, Program>;
