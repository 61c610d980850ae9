import type { HttpContext } from '../../http/exchange.ts';
import { queryValue } from '../../http/query.ts';

/** The addresses of the pages before and after this one; null where there is none. They ask for the format that this one was asked for. */
export function pageLinks(
  ctx: HttpContext,
  list: string,
  { skip, take }: { skip: number; take: number },
  total: number,
): { next: string | null; previous: string | null } {
  const format = queryValue(ctx, 'format');
  const link = (from: number, length: number) => {
    const query = new URLSearchParams({ skip: String(from), take: String(length) });
    if (format !== undefined) query.set('format', format);
    return `${list}?${query}`;
  };
  // From beyond the end, the one before is the last there is.
  const before = Math.min(skip, total);
  return {
    next: skip + take < total ? link(skip + take, take) : null,
    previous: before > 0 ? link(Math.max(0, before - take), Math.min(take, before)) : null,
  };
}
