import { type JobDetail, overallPercentage } from '../core/job.ts';

/** A job as `--json` shows it: the canonical fields, times in ISO 8601 (UTC). */
export function jobDocument(job: JobDetail): object {
  const { progress, created, updated, started, completed, ...rest } = job;
  return {
    ...rest,
    progress: { ...progress, startedAt: isoTime(progress.startedAt), percent: overallPercentage(job) },
    created: isoTime(created),
    updated: isoTime(updated),
    started: isoTime(started),
    completed: isoTime(completed),
  };
}

export function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
