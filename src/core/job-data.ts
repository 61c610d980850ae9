import { JobgateError } from './error.ts';
import type { Fence } from './job-queue.ts';

/** One piece of data that belongs to a job: what it is to read, or what it has made. */
export interface JobDataItem {
  /** 1 for the job's first, then counted up. */
  readonly number: number;
  /** A media type, at most 255 characters x20–x7E. */
  readonly contentType: string;
  /** Bytes. */
  readonly length: number;
  /** ms UTC. */
  readonly created: number;
}

export const JOB_DATA_LIMITS = {
  /** Of one job. */
  items: 100,
  contentType: 255,
} as const;

/** Who writes: a client to a job that is only stored (state `created`), or the program that runs it. */
export type JobDataWriter = { readonly createdJob: string } | { readonly fence: Fence };

/** The port to job data. Bytes come and go in chunks: neither side holds an item as a whole, and no transaction waits for a client. */
export interface JobDataStore {
  /**
   * Stores an item; nothing of it is seen before all of it is there. Undefined, and nothing kept, when the job
   * is unknown or no longer the writer's to write to. What `chunks` throws goes on, and nothing is kept.
   * Throws INVALID_ARGUMENT when the job has JOB_DATA_LIMITS.items already.
   */
  append(
    writer: JobDataWriter,
    contentType: string,
    chunks: AsyncIterable<Uint8Array>,
    now: number,
  ): Promise<JobDataItem | undefined>;
  /** In the order of their numbers. */
  list(jobId: string): Promise<JobDataItem[]>;
  /** The lists of several jobs; a job without data is left out. */
  listMany(jobIds: readonly string[]): Promise<Map<string, JobDataItem[]>>;
  open(
    jobId: string,
    number: number,
  ): Promise<{ readonly item: JobDataItem; readonly chunks: AsyncIterable<Buffer> } | undefined>;
  /** Frees the room of what was begun before `before` (ms UTC) and never became an item, and of removed jobs' items. Returns how many. */
  purge(before: number): Promise<number>;
}

export function tooManyItems(): JobgateError {
  return new JobgateError('INVALID_ARGUMENT', `a job has at most ${JOB_DATA_LIMITS.items} items of data`);
}
