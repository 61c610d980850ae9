import { setTimeout as delay } from 'node:timers/promises';

const GIVE_UP_AFTER_MS = 8_000;
const FIRST_DELAY_MS = 4;
const LONGEST_DELAY_MS = 250;

/**
 * Runs `work`, a whole transaction, again while its error is of the given kind: with a
 * random and growing pause, so that two losers do not meet again, and for a bounded time.
 */
export async function retryOn<T>(
  isRetryable: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + GIVE_UP_AFTER_MS;
  for (let longest = FIRST_DELAY_MS; ; longest = Math.min(LONGEST_DELAY_MS, longest * 2)) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error) || performance.now() > deadline) throw error;
      await delay(Math.random() * longest);
    }
  }
}
