import { percentOf } from './job.ts';
import type { ProgressReport } from './job-queue.ts';

/** Where a program says that it stands, made ready for the store. */
export function progressReport({
  startedAt,
  count,
  target,
  percentages,
}: {
  readonly startedAt: number;
  readonly count: number;
  readonly target: number;
  /** One for each of the job's targets. */
  readonly percentages: readonly number[];
}): Required<Pick<ProgressReport, 'progress' | 'percentages'>> {
  const percent = percentOf(count, target, percentages, percentages.length);
  return { progress: { startedAt, count: whole(count), target: whole(target), percent }, percentages };
}

/** A program may count in fractions, or far; the store keeps whole numbers. */
function whole(amount: number): number {
  return Math.min(Math.floor(amount), Number.MAX_SAFE_INTEGER);
}
