import type { HttpContext } from './exchange.ts';
import { HttpError } from './http-error.ts';

/**
 * Throws HttpError 400 for a request target without a path, such as `http://[` or `http://`. Koa's `path` throws
 * for the one and is null for the other, whenever it is asked for: also when the request is logged, where nobody would catch
 * it. So the target is put away.
 */
export function requirePath(ctx: HttpContext): void {
  if (hasPath(ctx)) return;
  ctx.req.url = '/';
  throw new HttpError(400, 'TARGET_MALFORMED', 'the request target has no path');
}

function hasPath(ctx: HttpContext): boolean {
  try {
    return typeof ctx.path === 'string';
  } catch {
    return false;
  }
}
