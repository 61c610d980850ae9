import type { Json } from './job.ts';
import type { Fence } from './job-queue.ts';

/** How an http program said that its work ended. */
export type CallbackOutcome = { readonly result: Json } | { readonly error: string };

/** The right of an http program's endpoint to report on the attempt that called it. */
export interface Callback extends Fence {
  /** SHA-256 of the token, hex: the token itself is never stored. */
  readonly tokenHash: string;
  /** The endpoint has said that it will call back. */
  readonly accepted: boolean;
  /** What it said in the end; null until then. */
  readonly outcome: CallbackOutcome | null;
  /** ms UTC. */
  readonly created: number;
}

/** The port to callbacks. Those of jobs that have ended are forgotten by `purge`. */
export interface CallbackStore {
  insert(callback: Omit<Callback, 'accepted' | 'outcome'>): Promise<void>;
  find(tokenHash: string): Promise<Callback | undefined>;
  /** Notes that the endpoint will call back. */
  accept(tokenHash: string): Promise<void>;
  /**
   * What an earlier attempt of the fence's job left: a callback with an outcome, else the newest one that was
   * accepted, which from now on reports on this attempt. Undefined when there is neither.
   */
  takeOver(fence: Fence): Promise<Callback | undefined>;
  /** Whether a later attempt has called the endpoint anew. */
  isSuperseded(callback: Callback): Promise<boolean>;
  /** Stores the outcome; false when there is one already, or the job has ended or is another attempt's. */
  settle(tokenHash: string, outcome: CallbackOutcome): Promise<boolean>;
  /** The outcomes of those that have one; at most 1,000 hashes. */
  outcomes(tokenHashes: readonly string[]): Promise<Map<string, CallbackOutcome>>;
  /** Forgets those whose job has ended or is gone; returns how many. */
  purge(): Promise<number>;
}
