import type { HttpContext } from './exchange.ts';

/**
 * Whether a page of another origin sends this request, one that is not among `known`. Browsers say so with every
 * POST, and add the name and password that they remember for Basic: a page may so send what it likes in somebody's name,
 * unless a room refuses it. Programs send no Origin.
 */
export function isFromForeignPage({ req }: HttpContext, known: readonly string[]): boolean {
  const { origin, host } = req.headers;
  if (origin === undefined || known.includes(origin)) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
}
