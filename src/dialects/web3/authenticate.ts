import type { Caller } from '../../core/caller.ts';
import { JobgateError } from '../../core/error.ts';
import type { Sessions } from '../../core/sessions.ts';
import { basicCredentials, bearerToken } from '../../http/credentials.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { isFromForeignPage } from '../../http/foreign-page.ts';
import type { House } from '../dialect.ts';

/** What a 401 asks for. The original used Windows authentication, which its clients' libraries replace by Basic when asked. */
export const CHALLENGE = 'Basic realm="web3", charset="UTF-8", Bearer realm="web3"';

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD'];

/**
 * Who is asking, by a token or by name and password. Throws INVALID_TOKEN, TOKEN_EXPIRED, LOGIN_FAILED, LOGIN_THROTTLED; and
 * PERMISSION_DENIED where a page of another origin would change something with the password that a browser remembers.
 */
export async function authenticate(
  ctx: HttpContext,
  { sessions, corsOrigins }: Pick<House, 'sessions' | 'corsOrigins'>,
): Promise<Caller> {
  const caller = await callerOf(ctx, sessions, corsOrigins);
  ctx.state.exchange.user = caller.username;
  return caller;
}

function callerOf(ctx: HttpContext, sessions: Sessions, corsOrigins: readonly string[]): Promise<Caller> {
  const token = bearerToken(ctx);
  if (token !== undefined) return sessions.authenticate(token, ctx.state.exchange);
  const credentials = basicCredentials(ctx);
  if (credentials) {
    // Also where every page may call (`*`): with a token that it was given.
    if (!SAFE_METHODS.includes(ctx.method) && isFromForeignPage(ctx, corsOrigins)) {
      throw new JobgateError(
        'PERMISSION_DENIED',
        'Origin: pages of other origins may change something only with a Bearer token',
      );
    }
    const { exchange } = ctx.state;
    return sessions.authenticateBasic({ ...credentials, address: exchange.clientAddress }, exchange);
  }
  throw new JobgateError('INVALID_TOKEN', 'Authorization: expected Basic or Bearer');
}
