import type { MessagePort } from 'node:worker_threads';
import type { ClaimedJob, LogLine } from '../../core/job-queue.ts';
import type { ProgramRecord } from '../../core/status-record.ts';

/** What a thread is given to run. */
export interface ThreadTask {
  readonly program: string;
  /** file: URL of the program's module. */
  readonly moduleUrl: string;
  readonly job: Pick<ClaimedJob, 'jobId' | 'group' | 'attempt' | 'arguments' | 'targets'>;
  readonly port: MessagePort;
  readonly board: SharedArrayBuffer;
  readonly backlog: SharedArrayBuffer;
}

/** How a program ended, as its thread saw it. A failure's `message` is for clients, its `detail` for the log. */
export type ProgramEnd =
  | { readonly kind: 'returned'; readonly json: string }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** From a program's thread, in the order of the program's calls. `units`: see Backlog. */
export type FromThread =
  | { readonly kind: 'started' }
  | { readonly kind: 'record'; readonly record: ProgramRecord; readonly units: number }
  | { readonly kind: 'log'; readonly line: LogLine; readonly units: number }
  | { readonly kind: 'console'; readonly text: string; readonly units: number }
  /** `leftovers`: the program left something going on in its thread, which must not serve another job. */
  | { readonly kind: 'end'; readonly end: ProgramEnd; readonly leftovers: boolean };

export type ToThread =
  | { readonly kind: 'abort'; readonly reason: string }
  | { readonly kind: 'stored'; readonly records: number };
