import type { Job } from '../core/job.ts';
import type { JobState } from '../core/job-state.ts';

/** The columns of a listing: no payload, so that long ones are never read off their pages. */
export const JOB_COLUMNS =
  'seq, id, group_name, program, owner, state, status_message, error_message, comment, worker_id, ' +
  'progress_started, progress_count, progress_target, progress_percent, attempt, created, updated, started, completed';

export interface JobRow {
  seq: number;
  id: string;
  group_name: string;
  program: string;
  owner: string;
  state: JobState;
  status_message: string | null;
  error_message: string | null;
  comment: string | null;
  worker_id: string | null;
  progress_started: number | null;
  progress_count: number;
  progress_target: number;
  progress_percent: number;
  attempt: number;
  created: number;
  updated: number;
  started: number | null;
  completed: number | null;
}

export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    group: row.group_name,
    program: row.program,
    owner: row.owner,
    state: row.state,
    statusMessage: row.status_message,
    errorMessage: row.error_message,
    comment: row.comment,
    workerId: row.worker_id,
    progress: {
      startedAt: row.progress_started,
      count: row.progress_count,
      target: row.progress_target,
      percent: row.progress_percent,
    },
    attempt: row.attempt,
    created: row.created,
    updated: row.updated,
    started: row.started,
    completed: row.completed,
  };
}
