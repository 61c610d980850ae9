import type { Json, RowCounters } from '../core/job.ts';
import type { LogLine } from '../core/job-queue.ts';
import type { ProgramRecord } from '../core/status-record.ts';

/** How a program's run ended. A failure's `message` is for clients, its `detail` for the log. */
export type RunEnd =
  | { readonly kind: 'returned'; readonly result: Json }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

export function failed(message: string, detail = message): RunEnd {
  return { kind: 'failed', message, detail };
}

/** What the owner of a run is told as it goes; never while the run is still being made. */
export interface RunListener {
  /** The program has begun. */
  started(): void;
  /** There is something to take with `takeRecords` or `takeLines`. */
  reported(): void;
  /** Something for the worker's own log. */
  printed(text: string): void;
}

/** What a program has reported about its progress, at one moment. */
export interface ProgressSnapshot {
  /** Differs from the last snapshot's when the program has reported in between. */
  readonly version: number;
  /** ms UTC. */
  readonly startedAt: number;
  readonly count: number;
  readonly target: number;
  /** Position by position of the job's targets. */
  readonly percentages: readonly number[];
  /** Undefined where the program has not said. */
  readonly counters: RowCounters | undefined;
  readonly statusMessage: string | undefined;
}

/** The oldest of what waits to be stored; call `stored` once it is. */
export interface Taken<T> {
  readonly values: readonly T[];
  stored(): void;
}

/** One program at work on one job, whatever kind it is of. Records and lines wait here, in order, until they are taken. */
export interface ProgramRun {
  /** Never rejects. When it settles, everything the program reported can be taken, and nothing of it runs any more. */
  readonly ended: Promise<RunEnd>;
  /** Tells the program to stop. */
  abort(reason: string): void;
  /** Ends the program, whatever it is doing. */
  terminate(): void;
  /** Undefined when the program has reported nothing since version `seen`. */
  progressAfter(seen: number): ProgressSnapshot | undefined;
  takeRecords(limit: number): Taken<ProgramRecord>;
  takeLines(limit: number): Taken<LogLine>;
}
