import type { JobDetail } from '../../core/job.ts';
import type { JobDataItem } from '../../core/job-data.ts';
import type { Addresses } from './addresses.ts';
import { WEB3_TYPES, type Web3Type } from './job-type.ts';
import { writeParameters } from './parameters.ts';
import { WEB3_STATUS, type Web3Status } from './status.ts';

/** JobStatusRepr, before it is written in one of the formats. Times are ms UTC. */
export interface JobStatus {
  readonly id: string;
  /** Absolute, as are all addresses. */
  readonly address: string;
  readonly identity: string;
  readonly workerId: string | null;
  readonly statusMessage: string | null;
  readonly created: number;
  readonly updated: number;
  readonly completed: number | null;
  readonly progress: JobProgress;
  readonly jobData: readonly JobDataReference[];
  readonly type: Web3Type;
  readonly status: Web3Status;
  readonly parameters: string;
}

/** JobProgressRepr. */
export interface JobProgress {
  readonly started: number | null;
  readonly count: number;
  readonly target: number;
}

/** The reference names it and does not describe it. */
export interface JobDataReference {
  readonly address: string;
  readonly contentType: string;
  /** Bytes. */
  readonly length: number;
  readonly created: number;
}

/** A page of jobs. */
export interface JobStatusList {
  readonly start: number;
  /** Of all jobs, on whatever page. */
  readonly count: number;
  readonly listUrl: string;
  readonly next: string | null;
  readonly previous: string | null;
  /** The newest change first. */
  readonly items: readonly JobStatus[];
}

export interface Web3Error {
  /** The HTTP status. */
  readonly status: number;
  readonly message: string;
}

/** Whatever an answer may consist of. */
export type Web3Document =
  | { readonly kind: 'job'; readonly job: JobStatus }
  | { readonly kind: 'jobs'; readonly list: JobStatusList }
  | { readonly kind: 'reference'; readonly reference: JobDataReference }
  | { readonly kind: 'references'; readonly references: readonly JobDataReference[] }
  | { readonly kind: 'error'; readonly error: Web3Error };

export function toJobStatus(job: JobDetail, data: readonly JobDataItem[], addresses: Addresses): JobStatus {
  return {
    id: job.id,
    address: addresses.job(job.id),
    identity: job.owner,
    workerId: job.workerId,
    // The only place for why a job failed; what its program last said of itself gives way.
    statusMessage: job.errorMessage ?? job.statusMessage,
    created: job.created,
    updated: job.updated,
    completed: job.completed,
    progress: { started: job.progress.startedAt, count: job.progress.count, target: job.progress.target },
    jobData: data.map((item) => toReference(job.id, item, addresses)),
    type: WEB3_TYPES[job.type],
    status: WEB3_STATUS[job.state],
    parameters: writeParameters(job.parameters),
  };
}

export function toReference(jobId: string, item: JobDataItem, addresses: Addresses): JobDataReference {
  return {
    address: addresses.dataItem(jobId, item.number),
    contentType: item.contentType,
    length: item.length,
    created: item.created,
  };
}
