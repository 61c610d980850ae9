import type { NewJob } from './job.ts';
import type { NewWebhook } from './webhook.ts';

/**
 * Jobs submitted together under a key of their owner's: the first is queued, each other one
 * is queued when the one before it has completed. Where one ends otherwise, those after it are cancelled.
 */
export interface NewRun {
  /** At most 64 characters; a name that this owner has given to no other run. */
  readonly key: string;
  /** SHA-256 of what was asked, hex: a second request with the same key is the same one or another. */
  readonly fingerprint: string;
  readonly owner: string;
  /** In the order they run; at least one. */
  readonly jobs: readonly NewJob[];
  /** Sent when the last job that runs has ended. */
  readonly webhook: NewWebhook | null;
}

/** A run that its owner submitted before under the same key. */
export interface KnownRun {
  readonly fingerprint: string;
  /** The id of its first job. */
  readonly jobId: string;
}
