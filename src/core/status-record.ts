/** What became of one target (device, licence, row) of one asynchronous job. Never changes once stored. */
export interface StatusRecord {
  /** The store's own, unique and never used again. */
  readonly recordId: string;
  readonly jobId: string;
  readonly group: string;
  /** At most 256 code points. */
  readonly targetId: string;
  readonly errorCode: number;
  /** At most 131,072 code points. */
  readonly errorMessage: string | null;
  /** Who added it. */
  readonly username: string;
  /** ms UTC. */
  readonly created: number;
}

/** A record that a client adds. */
export type NewRecord = Omit<StatusRecord, 'recordId'>;

/** A record that a running program adds: job, group and owner are the fence's job's. */
export type ProgramRecord = Pick<StatusRecord, 'targetId' | 'errorCode' | 'errorMessage' | 'created'>;
