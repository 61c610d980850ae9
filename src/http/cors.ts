import type { HttpContext } from './exchange.ts';
import { reply } from './reply.ts';

/** What scripts of an allowed origin may send and read. */
export interface CorsRules {
  readonly methods: readonly string[];
  /** Request headers, besides those that every script may send. */
  readonly headers: readonly string[];
  /** Headers of answers, besides those that every script may read and X-Request-Id. */
  readonly exposed?: readonly string[];
}

/** Cross-origin resource sharing for one room (WHATWG Fetch, section 3.3). The gateway calls it; a room declares it. */
export interface Cors {
  /** Adds to the exchange the headers that let a script read the answer, whatever that will be. */
  allow(ctx: HttpContext): void;
  /** Whether this is a browser's question if it may send a request. */
  isPreflight(ctx: HttpContext): boolean;
  /** 204; where the origin is not allowed, without the headers that would let the request follow. */
  answerPreflight(ctx: HttpContext): Promise<void>;
}

/** Seconds that a browser may remember the answer to a preflight. */
const REMEMBERED_SECONDS = 600;

/**
 * `origins` such as `https://jobs.example.com`, or `*` alone. Credentials are never allowed: tokens travel
 * in headers that a script must have been given, so a foreign page cannot borrow a browser's.
 * Undefined without origins: nothing is answered to browsers then.
 */
export function cors(origins: readonly string[], rules: CorsRules): Cors | undefined {
  if (origins.length === 0) return undefined;
  const any = origins.includes('*');
  const known = new Set(origins);
  const isAllowed = (ctx: HttpContext) => any || known.has(ctx.req.headers.origin ?? '');
  const exposed = ['X-Request-Id', ...(rules.exposed ?? [])].join(', ');

  return {
    allow(ctx) {
      const { exchange } = ctx.state;
      // Without it a cache would show one origin's answer to the next.
      const vary = any ? {} : { Vary: 'Origin' };
      const origin = any ? '*' : (ctx.req.headers.origin as string);
      exchange.headers = isAllowed(ctx)
        ? {
            ...exchange.headers,
            ...vary,
            'Access-Control-Allow-Origin': origin,
            'Access-Control-Expose-Headers': exposed,
          }
        : { ...exchange.headers, ...vary };
    },
    isPreflight(ctx) {
      const { origin, 'access-control-request-method': method } = ctx.req.headers;
      return ctx.method === 'OPTIONS' && origin !== undefined && method !== undefined;
    },
    async answerPreflight(ctx) {
      const headers = {
        'Access-Control-Allow-Methods': rules.methods.join(', '),
        'Access-Control-Allow-Headers': rules.headers.join(', '),
        'Access-Control-Max-Age': String(REMEMBERED_SECONDS),
      };
      await reply(ctx, { status: 204, headers: isAllowed(ctx) ? headers : {} });
    },
  };
}
