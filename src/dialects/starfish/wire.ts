import type { JobDetail } from '../../core/job.ts';
import { STARFISH_STATUS } from './status.ts';

// Starfish's classes, members spelt and ordered as its JSON samples have them. They are type aliases
// because an interface would not do as a Record of members.

export type ExecJobAsyncResponse = {
  readonly runID: string;
  /** Whether the run was started, now or by the same request before. */
  readonly started: boolean;
  /** Why it was not. */
  readonly error: string | null;
};

export type ResultsResponse = {
  readonly runID: string;
  /** ISO 8601 with an offset; null before the start. */
  readonly startTime: string | null;
  /** `hh:mm:ss.fff`, so far where the job is not finished; null before the start. */
  readonly runTime: string | null;
  readonly status: string;
  readonly totalRows: number;
  readonly inserts: number;
  readonly updates: number;
  readonly deletes: number;
  readonly errors: number;
  readonly skips: number;
  readonly ignores: number;
};

export type ExecJobResponse = ResultsResponse & {
  readonly error: string | null;
  /** A line for each of the job's log lines that its loggingLevel lets through. */
  readonly log: string;
};

/** `now` in ms UTC: what a running job's time is counted to. */
export function toResultsResponse(job: JobDetail, now: number): ResultsResponse {
  const { total, inserts, updates, deletes, errors, skips, ignores } = job.counters;
  const { started, completed } = job;
  return {
    runID: job.group,
    startTime: started === null ? null : formatStart(started),
    runTime: started === null ? null : formatDuration((completed ?? now) - started),
    status: STARFISH_STATUS[job.state],
    totalRows: total,
    inserts,
    updates,
    deletes,
    errors,
    skips,
    ignores,
  };
}

/** What ExecuteJob answers where nothing was started. */
export function refusedExecJobResponse(runID: string, error: string): ExecJobResponse {
  return {
    runID,
    startTime: null,
    runTime: null,
    status: 'Failed',
    totalRows: 0,
    inserts: 0,
    updates: 0,
    deletes: 0,
    errors: 0,
    skips: 0,
    ignores: 0,
    error,
    log: '',
  };
}

/** As .NET writes a DateTime that knows its offset: `+00:00`, not `Z`. */
function formatStart(time: number): string {
  return new Date(time).toISOString().replace('Z', '+00:00');
}

/** Hours go on counting after 24. Never less than nothing: the clocks of two nodes may differ. */
function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = `${two((ms / 1_000) % 60)}.${String(ms % 1_000).padStart(3, '0')}`;
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${seconds}`;
}
