const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** After the first attempt, which is made at once: how long after each failure the next one is. The last is the tenth. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

const LONGEST_WISH_MS = 24 * HOUR;
/** So that what failed together does not come back together. */
const JITTER = 0.1;
/** RFC 9110's preferred form of a date; it must be in GMT, else it would be taken for local time. */
const HTTP_DATE = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long to wait after attempt number `attempt` (from 1) has failed, ms; null when it was the last.
 * Never shorter than the receiver's `Retry-After` says, nor longer on its account than 24 hours. `random` is in 0..1.
 */
export function delayAfter(
  attempt: number,
  wish: number | undefined,
  { delays, random }: { readonly delays: readonly number[]; readonly random: () => number },
): number | null {
  const planned = delays[attempt - 1];
  if (planned === undefined) return null;
  const jittered = planned * (1 + JITTER * (2 * random() - 1));
  return Math.round(Math.max(jittered, Math.min(wish ?? 0, LONGEST_WISH_MS)));
}

/** A `Retry-After` header, in seconds or as a date, as ms from `now`; undefined where it is absent or neither. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * SECOND;
  if (!HTTP_DATE.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
