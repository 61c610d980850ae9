/** Where a job notes when it began: line by line, its number and the machine's monotonic clock, ns. */
export interface Stamp {
  readonly file: string;
  readonly number: number;
}

/** A job queue as the bench uses it. A job without a stamp does nothing at all. */
export interface BenchQueue {
  /** Settles when the job is stored as durably as the queue stores jobs. */
  submit(stamp?: Stamp): Promise<unknown>;
  /** So many jobs without a stamp by the queue's own call for many; absent where it has none. */
  submitMany?(count: number): Promise<unknown>;
  /** Whether no job is waiting or running. */
  settled(): Promise<boolean>;
  /** How many jobs have completed since the queue was last cleared; undefined where it keeps none, and none has failed. */
  completed(): Promise<number | undefined>;
  /** Takes away the jobs that have ended. */
  clear(): Promise<void>;
  /** The server's settings that decide what a power cut loses, in a line. */
  durability(): Promise<string>;
  close(): Promise<void>;
}

/** How a contender takes jobs. */
export interface WorkOptions {
  /** Jobs at once in one process. */
  readonly concurrency: number;
  /** Whether jobs are taken and finished many at a time, by the settings that the queue has for that. */
  readonly many: boolean;
}

/** What the module of a contender exports. `server` is a server's address, `name` what the bench's data there is called. */
export interface QueueAdapter {
  open(server: string, name: string): Promise<BenchQueue>;
  /** Makes the database and what is in it, and takes it away; absent where the scenario does so. */
  create?(server: string, name: string): Promise<void>;
  drop?(server: string, name: string): Promise<void>;
  /** Takes jobs until the process ends; absent where the workers are programs of their own. */
  work?(server: string, name: string, options: WorkOptions, run: (stamp?: Stamp) => void): Promise<unknown>;
}
