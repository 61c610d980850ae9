import type { MessagePort } from 'node:worker_threads';
import type { JobDataItem } from '../../core/job-data.ts';
import type { ClaimedJob, LogLine } from '../../core/job-queue.ts';
import type { ProgramRecord } from '../../core/status-record.ts';

/** What a thread is given to run. */
export interface ThreadTask {
  readonly program: string;
  /** file: URL of the program's module. */
  readonly moduleUrl: string;
  readonly job: Pick<
    ClaimedJob,
    'jobId' | 'group' | 'attempt' | 'type' | 'arguments' | 'targets' | 'parameters'
  >;
  readonly port: MessagePort;
  readonly board: SharedArrayBuffer;
  readonly backlog: SharedArrayBuffer;
}

/** How a program ended, as its thread saw it. A failure's `message` is for clients, its `detail` for the log. */
export type ProgramEnd =
  | { readonly kind: 'returned'; readonly json: string }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/**
 * A question about the job's data: each gets one DataAnswer with its `id`. `open` begins to read an item, `next`
 * asks for the following chunk of what the question `of` opened.
 */
export type DataQuestion =
  | { readonly what: 'list' }
  | { readonly what: 'open'; readonly number: number }
  | { readonly what: 'next'; readonly of: number }
  | { readonly what: 'add'; readonly contentType: string };

/** `value`: of `list` the items, of `open` nothing, of `next` a chunk or, at the end, null; of `add` the new item. */
export type DataAnswer =
  | { readonly value: readonly JobDataItem[] | JobDataItem | Uint8Array | null }
  | { readonly refused: string };

/** From a program's thread, in the order of the program's calls. `units`: see Backlog. */
export type FromThread =
  | { readonly kind: 'started' }
  | { readonly kind: 'record'; readonly record: ProgramRecord; readonly units: number }
  | { readonly kind: 'log'; readonly line: LogLine; readonly units: number }
  | { readonly kind: 'console'; readonly text: string; readonly units: number }
  | DataFromThread
  /** `leftovers`: the program left something going on in its thread, which must not serve another job. */
  | { readonly kind: 'end'; readonly end: ProgramEnd; readonly leftovers: boolean };

export type DataFromThread =
  | { readonly kind: 'ask'; readonly id: number; readonly question: DataQuestion }
  /** One for each `wanted`: what the question `of` adds. `end` = that was all, `broken` = its source failed. */
  | { readonly kind: 'chunk'; readonly of: number; readonly chunk: Uint8Array | 'end' | 'broken' }
  /** No more is read of what the question `of` opened. */
  | { readonly kind: 'close'; readonly of: number };

export type ToThread =
  | { readonly kind: 'abort'; readonly reason: string }
  | { readonly kind: 'stored'; readonly records: number }
  | DataToThread;

export type DataToThread =
  | { readonly kind: 'answer'; readonly to: number; readonly answer: DataAnswer }
  /** The store is ready for the next chunk of what the question `of` adds. */
  | { readonly kind: 'wanted'; readonly of: number };
