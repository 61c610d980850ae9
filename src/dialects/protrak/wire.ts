import type { JobDetail, JobPayload, Json } from '../../core/job.ts';
import { type Creator, creatorOf } from './creator.ts';
import { type AsyncJobStatus, PROTRAK_STATUS } from './status.ts';

/** AsyncJob as it is answered, its members in the order of the source's sample. Dates are ISO 8601, UTC, milliseconds. */
export interface AsyncJob {
  readonly id: string;
  readonly type: 'ExecuteCommonProgram';
  readonly status: AsyncJobStatus;
  readonly creator: Creator;
  readonly created: string;
  /** "completedDate is null until job execution finishes." */
  readonly completedDate: string | null;
  readonly isRead: boolean;
  /** "Reserved field for bulk job operations." */
  readonly bulkOperationType: 0;
  /** "errorMessage will be present if status = Failed", and only then. */
  readonly errorMessage?: string;
  readonly programExecutionInfo: {
    readonly programName: string;
    readonly arguments: readonly Json[];
    /** "result is available only when status = Completed." */
    readonly result?: readonly Json[];
  };
}

export function toAsyncJob(job: JobDetail, payload: JobPayload): AsyncJob {
  const status = PROTRAK_STATUS[job.state];
  return {
    id: job.id,
    type: 'ExecuteCommonProgram',
    status,
    creator: creatorOf(job.owner),
    created: dateOf(job.created),
    completedDate: job.completed === null ? null : dateOf(job.completed),
    isRead: job.isRead,
    bulkOperationType: 0,
    ...(status === 'Failed' && { errorMessage: job.errorMessage ?? '' }),
    programExecutionInfo: {
      programName: job.program,
      arguments: payload.arguments,
      ...(status === 'Completed' && { result: toResult(payload.result) }),
    },
  };
}

/** The source's programs return an `object[]`. Ours may return anything: what is no array is put into one, nothing into an empty one. */
function toResult(result: Json): readonly Json[] {
  if (result === null) return [];
  return Array.isArray(result) ? result : [result];
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString();
}
