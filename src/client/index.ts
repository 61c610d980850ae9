export type {
  AbandonedAsyncJob,
  AsyncJob,
  AsyncJobInProgress,
  AsyncJobStatus,
  AsyncJobUser,
  CompletedAsyncJob,
  FailedAsyncJob,
  FinishedAsyncJob,
  Json,
  NewAsyncJob,
  ProgramExecutionInfo,
} from './async-job.ts';
export type { CallOptions, TokenSource } from './connection.ts';
export {
  type GetOptions,
  type ListOptions,
  ProtrakClient,
  type ProtrakClientOptions,
  type WaitOptions,
} from './protrak-client.ts';
export { ProtrakError } from './protrak-error.ts';
