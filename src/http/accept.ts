/** A browser sends 8. What comes after these is not looked at, so that no header costs more than they do. */
const MOST_RANGES = 100;

interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
}

/**
 * The one of `offered` (lower case, in the order of our own liking) that an Accept header likes best, by
 * RFC 9110, section 12.5.1: the most specific range decides for each, the higher quality wins, and what
 * was offered first where they are equal. Undefined when none is acceptable.
 *
 * Without a header, or with one that holds nothing readable, it is the first. Parameters other than `q` are
 * passed over: clients write `application/json; charset=utf-8` and mean `application/json`.
 */
export function preferredType<T extends string>(
  accept: string | undefined,
  offered: readonly T[],
): T | undefined {
  const ranges = (accept ?? '').split(',', MOST_RANGES).flatMap(parseRange);
  if (ranges.length === 0) return offered[0];
  let best: { type: T; quality: number } | undefined;
  for (const type of offered) {
    const quality = qualityOf(type, ranges);
    if (quality > (best?.quality ?? 0)) best = { type, quality };
  }
  return best?.type;
}

function parseRange(text: string): MediaRange[] {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const [type = '', subtype = '', more] = range === '*' ? ['*', '*'] : range.split('/');
  const wild = type === '*' && subtype !== '*';
  if (type === '' || subtype === '' || more !== undefined || wild) return [];
  return [{ type, subtype, quality: parseQuality(parameters) }];
}

/** One that cannot be read counts as none: the range was named, so it is wanted. */
function parseQuality(parameters: readonly string[]): number {
  const weight = parameters.find((parameter) => /^q\s*=/.test(parameter));
  const quality = weight === undefined ? 1 : Number.parseFloat(weight.slice(weight.indexOf('=') + 1));
  return quality >= 0 && quality <= 1 ? quality : 1;
}

function qualityOf(offered: string, ranges: readonly MediaRange[]): number {
  const [type, subtype] = offered.split('/');
  const range =
    ranges.find((candidate) => candidate.type === type && candidate.subtype === subtype) ??
    ranges.find((candidate) => candidate.type === type && candidate.subtype === '*') ??
    ranges.find((candidate) => candidate.type === '*');
  return range?.quality ?? 0;
}
