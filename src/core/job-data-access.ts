import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { JobgateError } from './error.ts';
import type { Job } from './job.ts';
import { JOB_DATA_LIMITS, type JobDataItem, type JobDataStore, tooManyItems } from './job-data.ts';
import type { Jobs } from './jobs.ts';

/** `type/subtype` and whatever parameters, of RFC 9110's characters. */
const MEDIA_TYPE = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+[ \t]*(;[\x20-\x7E\t]*)?$/;

/** What callers may do with the data of jobs that are theirs to see. */
export class JobDataAccess {
  readonly #store: JobDataStore;
  readonly #jobs: Jobs;
  readonly #clock: Clock;
  /** Bytes of the largest item. */
  readonly maxBytes: number;

  constructor(parts: { store: JobDataStore; jobs: Jobs; clock: Clock; maxBytes: number }) {
    this.#store = parts.store;
    this.#jobs = parts.jobs;
    this.#clock = parts.clock;
    this.maxBytes = parts.maxBytes;
  }

  /** The items of jobs that the caller has been shown, by job id; a job without data is left out. */
  itemsOf(jobs: readonly Pick<Job, 'id'>[]): Promise<Map<string, JobDataItem[]>> {
    return this.#store.listMany(jobs.map(({ id }) => id));
  }

  /**
   * Attaches an item to a job that is only stored. Throws JOB_NOT_FOUND, JOB_TAKEN once it is queued, INVALID_ARGUMENT
   * for a wrong content type, too many items, or too long a one; what can be known beforehand before a byte is asked for.
   */
  async attach(
    caller: Caller,
    jobId: string,
    contentType: string,
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<JobDataItem> {
    checkContentType(contentType);
    const job = await this.#jobs.find(caller, jobId);
    if (!job) throw notFound(jobId);
    if (job.state !== 'created') throw taken(jobId);
    if ((await this.#store.list(jobId)).length >= JOB_DATA_LIMITS.items) throw tooManyItems();
    const item = await this.#store.append(
      { createdJob: jobId },
      contentType,
      limited(chunks, this.maxBytes),
      this.#clock(),
    );
    if (!item) throw taken(jobId);
    return item;
  }

  /** Undefined when there is no such item. Throws JOB_NOT_FOUND. */
  async open(
    caller: Caller,
    jobId: string,
    number: number,
  ): Promise<{ readonly item: JobDataItem; readonly chunks: AsyncIterable<Buffer> } | undefined> {
    if (!(await this.#jobs.find(caller, jobId))) throw notFound(jobId);
    return this.#store.open(jobId, number);
  }
}

/** Throws INVALID_ARGUMENT. */
export function checkContentType(contentType: string): string {
  if (contentType.length <= JOB_DATA_LIMITS.contentType && MEDIA_TYPE.test(contentType)) return contentType;
  throw new JobgateError(
    'INVALID_ARGUMENT',
    `the content type must be a media type such as text/csv, of at most ${JOB_DATA_LIMITS.contentType} characters`,
  );
}

/** The chunks, as long as they are at most `maxBytes` together; then INVALID_ARGUMENT. */
export async function* limited(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new JobgateError('INVALID_ARGUMENT', `an item of job data may have at most ${maxBytes} bytes`);
    }
    yield chunk;
  }
}

function notFound(jobId: string): JobgateError {
  return new JobgateError('JOB_NOT_FOUND', `there is no job ${jobId}`);
}

function taken(jobId: string): JobgateError {
  return new JobgateError(
    'JOB_TAKEN',
    `job ${jobId} is no longer only stored; data is attached before it is queued`,
  );
}
