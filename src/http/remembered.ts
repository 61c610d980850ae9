import type { Clock } from '../core/clock.ts';

/** How long an answer is good for, and how long to wait for one; ms. */
export interface RememberLimits {
  readonly ttlMs: number;
  readonly timeoutMs: number;
}

/**
 * Wraps a question to the store that anybody may ask through a probe: however often it comes,
 * the store hears it at most once per `ttlMs` after the last answer, and nobody waits longer
 * than `timeoutMs`. Failures are remembered as well.
 */
export function remembered<T>(ask: () => Promise<T>, limits: RememberLimits, now: Clock): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let goodUntil = 0;
  return () => {
    if (answer === undefined || now() >= goodUntil) {
      goodUntil = Number.POSITIVE_INFINITY;
      answer = withTimeout(ask, limits.timeoutMs).finally(() => {
        goodUntil = now() + limits.ttlMs;
      });
    }
    return answer;
  };
}

async function withTimeout<T>(ask: () => Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
}
