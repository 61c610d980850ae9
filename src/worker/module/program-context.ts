import type { JobType, Json, RowCounters } from '../../core/job.ts';
import type { JobDataItem } from '../../core/job-data.ts';

/** What a program records about one target. */
export interface ProgramRecordInput {
  /** The target (device, licence, row): at most 256 code points, no control characters. */
  readonly id: string;
  /** 32-bit integer; 0 = success. */
  readonly errorCode: number;
  /** At most 131,072 code points. */
  readonly errorMessage?: string | null;
}

/** The data that belongs to the job: what clients gave it, and what its programs made. */
export interface ProgramData {
  list(): Promise<readonly JobDataItem[]>;
  /** An item's bytes, chunk by chunk. Throws RangeError where there is no such item. */
  read(number: number): AsyncIterable<Uint8Array>;
  /** Stores an item, of bytes or of chunks as they are asked for. Settles once it is stored; nothing of it is seen before. */
  add(contentType: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<JobDataItem>;
}

/**
 * What a program is called with: `export default async function (context) { … }`. Its return value
 * (anything JSON can hold, at most 1 MiB) is the job's result; what it throws is the job's error. A
 * job whose worker was lost runs again from the start, as a new attempt. Calls with wrong
 * values throw TypeError or RangeError.
 */
export interface ProgramContext {
  readonly id: string;
  readonly group: string;
  /** 1 for the first run. */
  readonly attempt: number;
  readonly type: JobType;
  /** As they were submitted; those from SOAP are strings. */
  readonly arguments: readonly Json[];
  readonly targets: readonly string[];
  /** By name, without a prototype. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly data: ProgramData;
  /** Where the job stands: finite numbers, 0 or more; `target` 0 = not known. Cheap: the last value wins. */
  progress(count: number, target: number): void;
  /** `id` is one of `targets`, `percent` a whole number from 0 to 100. Cheap: the last value wins. */
  targetProgress(id: string, percent: number): void;
  /** What the program is at, in words: at most 1,024 code points. Cheap: the last value wins. */
  status(text: string): void;
  /** Rows handled so far: whole numbers; those not given stay as they are. Cheap: the last value wins. */
  rows(counters: Partial<RowCounters>): void;
  /** Adds a status record. Settles once it is stored; a program far ahead of the store is held up in the call. */
  record(record: ProgramRecordInput): Promise<void>;
  /** A line of the job's log: level 1 low, 2 medium, 3 high; at most 131,072 code points. */
  log(level: 1 | 2 | 3, text: string): void;
  /** Aborted when the job is to stop. A program that does not end soon after has its thread ended. */
  readonly signal: AbortSignal;
}

export type ProgramFunction = (context: ProgramContext) => unknown;
