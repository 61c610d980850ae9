import type { CallbackStore } from './core/callback.ts';
import type { Clock } from './core/clock.ts';
import type { JobDataStore } from './core/job-data.ts';
import { FAILURES_KEPT_MS, type LoginFailureStore } from './core/login-throttle.ts';
import type { SessionStore } from './core/session.ts';
import type { WebhookStore } from './core/webhook-store.ts';

const HOUR_MS = 3_600_000;
/** A session that ran out is kept this long, so that its token is told "expired" and not "invalid". */
const EXPIRED_SESSIONS_KEPT_MS = 7 * 24 * HOUR_MS;
/** Job data that is still coming in after this long never will be whole. */
const LONGEST_UPLOAD_MS = 24 * HOUR_MS;
const DELIVERED_WEBHOOKS_KEPT_MS = 30 * 24 * HOUR_MS;
/** Longer, for somebody may want them sent again once the receiver is repaired. */
const DEAD_WEBHOOKS_KEPT_MS = 90 * 24 * HOUR_MS;

/** Forgets, once an hour, what no request can need any more. Every node does so; doing it twice is harmless. */
export function startHousekeeping(parts: {
  sessions: SessionStore;
  loginFailures: LoginFailureStore;
  jobData: Pick<JobDataStore, 'purge'>;
  webhooks: Pick<WebhookStore, 'purge'>;
  callbacks: Pick<CallbackStore, 'purge'>;
  clock: Clock;
  onError: (error: unknown) => void;
}): { stop(): void } {
  const sweep = async () => {
    try {
      await parts.sessions.purge(parts.clock() - EXPIRED_SESSIONS_KEPT_MS);
      await parts.loginFailures.purge(parts.clock() - FAILURES_KEPT_MS);
      await parts.webhooks.purge({
        delivered: parts.clock() - DELIVERED_WEBHOOKS_KEPT_MS,
        dead: parts.clock() - DEAD_WEBHOOKS_KEPT_MS,
      });
      await parts.callbacks.purge();
      await parts.jobData.purge(parts.clock() - LONGEST_UPLOAD_MS);
    } catch (error) {
      parts.onError(error);
    }
  };
  const timer = setInterval(sweep, HOUR_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
