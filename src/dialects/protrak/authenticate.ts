import type { Caller } from '../../core/caller.ts';
import { JobgateError } from '../../core/error.ts';
import type { Sessions } from '../../core/sessions.ts';
import { bearerToken } from '../../http/credentials.ts';
import type { HttpContext } from '../../http/exchange.ts';

/** Who the Bearer token speaks for. Throws INVALID_TOKEN, TOKEN_EXPIRED. */
export async function authenticate(ctx: HttpContext, sessions: Sessions): Promise<Caller> {
  const token = bearerToken(ctx);
  if (token === undefined) {
    throw new JobgateError('INVALID_TOKEN', 'sign in, and send the token as Authorization: Bearer TOKEN');
  }
  const caller = await sessions.authenticate(token, ctx.state.exchange);
  ctx.state.exchange.user = caller.username;
  return caller;
}
