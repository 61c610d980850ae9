/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The status values of an async job. All but InProgress are final. */
export type AsyncJobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Abandoned';

/** Who created a job. */
export interface AsyncJobUser {
  /** A GUID that is always the same for a user name. */
  readonly userId: string;
  readonly userName: string;
  /** Empty: the gateway keeps no addresses. */
  readonly userEmail: string;
}

/** The Common Program that a job runs, and what it is given. */
export interface ProgramExecutionInfo {
  readonly programName: string;
  readonly arguments: readonly Json[];
}

interface AnyAsyncJob {
  /** A GUID. */
  readonly id: string;
  readonly type: 'ExecuteCommonProgram';
  readonly creator: AsyncJobUser;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly isRead: boolean;
  /** Reserved: always 0. */
  readonly bulkOperationType: number;
  readonly programExecutionInfo: ProgramExecutionInfo;
}

/** A job that has yet to end. */
export interface AsyncJobInProgress extends AnyAsyncJob {
  readonly status: 'InProgress';
  readonly completedDate: null;
}

/** A job whose program returned. */
export interface CompletedAsyncJob extends AnyAsyncJob {
  readonly status: 'Completed';
  /** ISO 8601, UTC. */
  readonly completedDate: string;
  readonly programExecutionInfo: ProgramExecutionInfo & {
    /** The program's array; another value alone in one; empty where it returned nothing. */
    readonly result: readonly Json[];
  };
}

/** A job whose program failed, or that names a program which cannot be run. */
export interface FailedAsyncJob extends AnyAsyncJob {
  readonly status: 'Failed';
  readonly completedDate: string;
  readonly errorMessage: string;
}

/** A job that was stopped, or lost with its workers. */
export interface AbandonedAsyncJob extends AnyAsyncJob {
  readonly status: 'Abandoned';
  readonly completedDate: string;
}

/** A job that has ended. */
export type FinishedAsyncJob = CompletedAsyncJob | FailedAsyncJob | AbandonedAsyncJob;

/** A job as the gateway tells it; `status` says which members there are. */
export type AsyncJob = AsyncJobInProgress | FinishedAsyncJob;

/** A job to be created. */
export interface NewAsyncJob {
  readonly type: 'ExecuteCommonProgram';
  readonly programExecutionInfo: {
    readonly programName: string;
    /** At most 1 MiB of JSON, unless the gateway is set otherwise. None where left out. */
    readonly arguments?: readonly Json[] | null;
  };
}
