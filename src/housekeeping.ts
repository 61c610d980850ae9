import type { Clock } from './core/clock.ts';
import { FAILURES_KEPT_MS, type LoginFailureStore } from './core/login-throttle.ts';
import type { SessionStore } from './core/session.ts';

const HOUR_MS = 3_600_000;
/** A session that ran out is kept this long, so that its token is told "expired" and not "invalid". */
const EXPIRED_SESSIONS_KEPT_MS = 7 * 24 * HOUR_MS;

/** Forgets, once an hour, what no request can need any more. Every node does so; doing it twice is harmless. */
export function startHousekeeping(parts: {
  sessions: SessionStore;
  loginFailures: LoginFailureStore;
  clock: Clock;
  onError: (error: unknown) => void;
}): { stop(): void } {
  const sweep = async () => {
    try {
      await parts.sessions.purge(parts.clock() - EXPIRED_SESSIONS_KEPT_MS);
      await parts.loginFailures.purge(parts.clock() - FAILURES_KEPT_MS);
    } catch (error) {
      parts.onError(error);
    }
  };
  const timer = setInterval(sweep, HOUR_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
