/**
 * `waiting` for its job's end; `due`: to be sent, at once or again later; `delivered`: the receiver took it;
 * `dead`: given up, until somebody asks for it to be sent again.
 */
export const WEBHOOK_STATES = ['waiting', 'due', 'delivered', 'dead'] as const;

export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** A webhook as operators see it. Times are ms UTC. */
export interface Webhook {
  readonly id: string;
  /** The job at whose end it is sent. */
  readonly jobId: string;
  readonly owner: string;
  readonly url: string;
  /** Names the renderer of its body. */
  readonly format: string;
  readonly state: WebhookState;
  /** How often it was sent, since it was last asked for. */
  readonly attempts: number;
  /** Null unless it is due. */
  readonly nextAttempt: number | null;
  /** HTTP status of the last answer; null where none came. */
  readonly lastStatus: number | null;
  /** Why the last attempt failed. */
  readonly lastError: string | null;
  readonly created: number;
  /** When it became delivered or dead. */
  readonly settled: number | null;
}

/** One attempt, under a lease: id and attempt are the fence of what is written about it. */
export interface WebhookAttempt {
  readonly id: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly jobId: string;
  readonly url: string;
  readonly format: string;
  /** What earlier attempts sent; null until a body has been stored. */
  readonly body: string | null;
}

/** Done, or the state that did not allow it. */
export type RedeliverOutcome = 'redelivered' | WebhookState | 'unknown';

type Fence = Pick<WebhookAttempt, 'id' | 'attempt'>;

/** Why an attempt was in vain; `status` is null where no answer came. */
export interface WebhookFailure {
  readonly status: number | null;
  readonly error: string;
}

/**
 * The port through which webhooks are sent. What is written about an attempt answers false, and
 * changes nothing, once the webhook is settled or at another attempt.
 */
export interface WebhookStore {
  /** Takes due webhooks of these formats, the longest due first; each goes to one caller while its lease lasts. */
  claim(request: {
    readonly formats: readonly string[];
    readonly limit: number;
    readonly leaseMs: number;
    readonly now: number;
  }): Promise<WebhookAttempt[]>;
  /** Keeps the body for all later attempts. */
  storeBody(attempt: Fence, body: string): Promise<boolean>;
  delivered(attempt: Fence, status: number, now: number): Promise<boolean>;
  /** Due again at `nextAttempt`, or dead where that is null. */
  failed(attempt: Fence, failure: WebhookFailure, nextAttempt: number | null, now: number): Promise<boolean>;
  /** As if the attempt had not been begun: whoever asks next may make it, or not before `nextAttempt` (ms UTC). */
  giveBack(attempt: Fence, nextAttempt: number | null): Promise<boolean>;
  /** The newest first, at most `limit`; of one state where one is given. */
  list(filter: { readonly state?: WebhookState; readonly limit: number }): Promise<Webhook[]>;
  /** A delivered or dead one is due now, its attempts counted from 0; else nothing changes. */
  redeliver(id: string, now: number): Promise<RedeliverOutcome>;
  /** Forgets those delivered, and those dead, before the times given (ms UTC); returns how many. */
  purge(before: { readonly delivered: number; readonly dead: number }): Promise<number>;
  /** How many are waiting, and how many due. */
  countOpen(): Promise<Record<'waiting' | 'due', number>>;
}
