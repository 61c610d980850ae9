/** Longer than this nobody's slot is held for a second try. */
const LONGEST_MS = 60_000;

/** What Retry-After asks for (RFC 9110, 10.2.3: seconds, or a date), ms; undefined where there is none that can be read. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(LONGEST_MS, Math.max(0, ms));
}
