import { JobgateError } from '../core/error.ts';
import type { HttpContext } from './exchange.ts';

const DEFAULT_TAKE = 25;
const LONGEST_WAIT_SECONDS = 60;

/** A query parameter's value; undefined when it is not there. Throws INVALID_ARGUMENT when it is there twice. */
export function queryValue(ctx: HttpContext, name: string): string | undefined {
  const [value, ...more] = new URLSearchParams(ctx.querystring).getAll(name);
  if (more.length > 0) throw new JobgateError('INVALID_ARGUMENT', `${name}: given more than once`);
  return value;
}

/** Which page of a list is asked for. A `take` above `maxTake` is that, without a word. Throws INVALID_PAGINATION. */
export function readRange(ctx: HttpContext, maxTake: number): { skip: number; take: number } {
  const skip = wholeNumber(ctx, 'skip', 0, 'INVALID_PAGINATION') ?? 0;
  const take = wholeNumber(ctx, 'take', 1, 'INVALID_PAGINATION') ?? DEFAULT_TAKE;
  return { skip, take: Math.min(take, maxTake) };
}

/** How long the answer may be held back, ms. Throws INVALID_ARGUMENT. */
export function readWait(ctx: HttpContext): number {
  const seconds = wholeNumber(ctx, 'wait', 0, 'INVALID_ARGUMENT') ?? 0;
  return Math.min(seconds, LONGEST_WAIT_SECONDS) * 1_000;
}

function wholeNumber(
  ctx: HttpContext,
  name: string,
  least: number,
  code: 'INVALID_PAGINATION' | 'INVALID_ARGUMENT',
): number | undefined {
  const text = queryValue(ctx, name);
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new JobgateError(code, `${name}: expected a whole number from ${least} to 999999999`);
}
