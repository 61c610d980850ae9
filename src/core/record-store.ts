import type { Batches } from './batches.ts';
import type { NewRecord, StatusRecord } from './status-record.ts';

/** A stretch of a list: `offset` records are passed over, then at most `max` given. */
export interface RecordRange {
  /** 0 or more. */
  readonly offset: number;
  /** 0 or more; null = all. */
  readonly max: number | null;
}

/**
 * A page of records in the order of their insertion, which never changes under a reader.
 * `items` is an array when the page fits one batch, else it is read from the store batch
 * by batch as the consumer asks, in bounded memory, the first before this page is returned.
 */
export interface RecordPage {
  /** Records in the whole list. */
  readonly total: number;
  readonly items: Batches<StatusRecord>;
}

/** The port to the status records. Any offset costs what the first page costs; totals are known without counting. */
export interface RecordStore {
  /**
   * Stores a client's record. Many callers' records may share a transaction; the promise
   * settles when this one is durable. Throws JOB_NOT_FOUND when `job` says that the job is
   * known and it has been deleted meanwhile.
   */
  add(record: NewRecord, job: 'known' | 'foreign'): Promise<StatusRecord>;
  /** Who owns the records of a job id that the store does not know: `username`, if nobody was first. */
  claimForeignJob(jobId: string, username: string): Promise<string>;
  pageByJob(jobId: string, range: RecordRange): Promise<RecordPage>;
  pageByGroup(group: string, range: RecordRange): Promise<RecordPage>;
}
