import { JobgateError } from '../../core/error.ts';
import type { HttpContext } from '../../http/exchange.ts';

/** The source gives no sizes; these are those of the house's other lists. */
const DEFAULT_TAKE = 25;
const MOST_TAKE = 100;
const MOST_WAIT_SECONDS = 60;

/** Throws INVALID_PAGINATION. A `take` above 100 is 100. */
export function readRange(ctx: HttpContext): { skip: number; take: number } {
  const skip = wholeNumber(ctx, 'skip', 0, 'INVALID_PAGINATION') ?? 0;
  const take = wholeNumber(ctx, 'take', 1, 'INVALID_PAGINATION') ?? DEFAULT_TAKE;
  return { skip, take: Math.min(take, MOST_TAKE) };
}

/** How long an answer may be held back, ms; more than a minute is a minute. Throws INVALID_ARGUMENT. */
export function readWait(ctx: HttpContext): number {
  const seconds = wholeNumber(ctx, 'wait', 0, 'INVALID_ARGUMENT') ?? 0;
  return Math.min(seconds, MOST_WAIT_SECONDS) * 1_000;
}

/** A GUID in any of .NET's spellings as it is stored; whatever else is looked for as it is. */
export function readJobId(given: string): string {
  const digits = given.toLowerCase().replace(/^\{(.+)\}$|^\((.+)\)$/, '$1$2');
  const parts = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/.exec(digits);
  return parts ? parts.slice(1).join('-') : given;
}

function wholeNumber(
  ctx: HttpContext,
  name: string,
  least: number,
  code: 'INVALID_PAGINATION' | 'INVALID_ARGUMENT',
): number | undefined {
  const given = new URLSearchParams(ctx.querystring).getAll(name);
  const [text] = given;
  if (text === undefined) return undefined;
  const number = Number(text);
  if (given.length === 1 && /^\d{1,9}$/.test(text) && number >= least) return number;
  throw new JobgateError(code, `${name} must be given once, as a whole number of ${least} or more`);
}
