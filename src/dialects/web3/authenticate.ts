import type { Caller } from '../../core/caller.ts';
import { JobgateError } from '../../core/error.ts';
import type { Sessions } from '../../core/sessions.ts';
import { basicCredentials, bearerToken } from '../../http/credentials.ts';
import type { HttpContext } from '../../http/exchange.ts';

/** What a 401 asks for. The original used Windows authentication, which its clients' libraries replace by Basic when asked. */
export const CHALLENGE = 'Basic realm="web3", charset="UTF-8", Bearer realm="web3"';

/** Who is asking, by a token or by name and password. Throws INVALID_TOKEN, TOKEN_EXPIRED, LOGIN_FAILED, LOGIN_THROTTLED. */
export async function authenticate(ctx: HttpContext, sessions: Sessions): Promise<Caller> {
  const caller = await callerOf(ctx, sessions);
  ctx.state.exchange.user = caller.username;
  return caller;
}

function callerOf(ctx: HttpContext, sessions: Sessions): Promise<Caller> {
  const token = bearerToken(ctx);
  if (token !== undefined) return sessions.authenticate(token);
  const credentials = basicCredentials(ctx);
  if (credentials) {
    return sessions.authenticateBasic({ ...credentials, address: ctx.state.exchange.clientAddress });
  }
  throw new JobgateError('INVALID_TOKEN', 'Authorization: expected Basic or Bearer');
}
