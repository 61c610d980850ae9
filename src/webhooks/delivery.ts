import type { Clock } from '../core/clock.ts';
import type { WebhookBodies } from '../core/webhook-bodies.ts';
import type { WebhookAttempt, WebhookFailure, WebhookStore } from '../core/webhook-store.ts';
import type { AddressGuard } from './address-guard.ts';
import type { DelivererLog } from './deliverer-log.ts';
import { delayAfter, readRetryAfter } from './retry-schedule.ts';
import { send, type WebhookAnswer } from './send.ts';
import type { SigningKey } from './signing-key.ts';
import { isAway } from './store-patience.ts';
import { webhookHeaders } from './webhook-headers.ts';

/** What came of one attempt. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly failure: WebhookFailure;
      /** Null when there is to be no other attempt. */
      readonly retryInMs: number | null;
      /** Whether the time was over before an answer came. */
      readonly silent: boolean;
    }
  /** It was not made, or cut short by us. Null: at once, by whoever asks next. */
  | { readonly kind: 'given back'; readonly againInMs: number | null };

const GIVEN_BACK: Outcome = { kind: 'given back', againInMs: null };

export interface DeliveryParts {
  readonly store: WebhookStore;
  readonly bodies: WebhookBodies;
  readonly keys: readonly SigningKey[];
  readonly guard: AddressGuard;
  readonly clock: Clock;
  readonly log: DelivererLog;
  /** From the look-up of the name to the head of the answer, ms. */
  readonly timeoutMs: number;
  readonly retryDelaysMs: readonly number[];
}

/** Makes one attempt. The first stores what it sends, before it sends it. */
export async function attemptDelivery(
  attempt: WebhookAttempt,
  parts: DeliveryParts,
  leave: AbortSignal,
): Promise<Outcome> {
  // Else one that takes its node down with it would do so for ever.
  if (attempt.attempt > parts.retryDelaysMs.length + 1) {
    return dead('its attempts are used up; the node that made the last one was lost');
  }
  let body: string | undefined;
  try {
    body = attempt.body ?? (await renderBody(attempt, parts));
  } catch (error) {
    if (isAway(error)) return GIVEN_BACK;
    parts.log.error({ err: error, webhook: attempt.id, jobId: attempt.jobId }, 'a webhook was not rendered');
    return failed(attempt, { status: null, error: 'its body could not be rendered' }, parts);
  }
  if (body === undefined) return dead('its job is gone');
  if (leave.aborted) return GIVEN_BACK;
  return post(attempt, body, parts, leave);
}

async function renderBody(attempt: WebhookAttempt, parts: DeliveryParts): Promise<string | undefined> {
  const body = await parts.bodies.get(attempt.format)?.(attempt.jobId);
  if (body !== undefined) await parts.store.storeBody(attempt, body);
  return body;
}

async function post(
  attempt: WebhookAttempt,
  body: string,
  parts: DeliveryParts,
  leave: AbortSignal,
): Promise<Outcome> {
  const { keys, guard, clock, timeoutMs } = parts;
  const cut = new AbortController();
  const cutShort = () => cut.abort();
  const timer = setTimeout(cutShort, timeoutMs);
  leave.addEventListener('abort', cutShort);
  try {
    const headers = webhookHeaders({ id: attempt.id, body }, keys, clock());
    const answer = await send({ url: attempt.url, headers, body, guard, signal: cut.signal });
    return judge(attempt, answer, parts);
  } catch (error) {
    if (leave.aborted) return GIVEN_BACK;
    const silent = cut.signal.aborted;
    const reason = silent ? `no answer within ${timeoutMs / 1000} s` : describe(error);
    return failed(attempt, { status: null, error: reason }, parts, { silent });
  } finally {
    clearTimeout(timer);
    leave.removeEventListener('abort', cutShort);
  }
}

function judge(
  attempt: WebhookAttempt,
  { status, retryAfter }: WebhookAnswer,
  parts: DeliveryParts,
): Outcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status === 410) return dead('the receiver wants no more of it (410 Gone)', status);
  const redirected = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  return failed(attempt, { status, error: `it was answered ${status}${redirected}` }, parts, { retryAfter });
}

function failed(
  { attempt }: WebhookAttempt,
  failure: WebhookFailure,
  { clock, retryDelaysMs }: DeliveryParts,
  { retryAfter, silent = false }: { retryAfter?: string | undefined; silent?: boolean } = {},
): Outcome {
  const wish = readRetryAfter(retryAfter, clock());
  const retryInMs = delayAfter(attempt, wish, { delays: retryDelaysMs, random: Math.random });
  return { kind: 'failed', failure, retryInMs, silent };
}

function dead(error: string, status: number | null = null): Outcome {
  return { kind: 'failed', failure: { status, error }, retryInMs: null, silent: false };
}

/** An AggregateError, of a name with several addresses, has a code only. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
