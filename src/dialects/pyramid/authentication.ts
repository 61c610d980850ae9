import type { Caller } from '../../core/caller.ts';
import { JobgateError } from '../../core/error.ts';
import type { Sessions } from '../../core/sessions.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { optionalText, readObject, requiredText } from './reading.ts';

/** The header that says who is asking. */
export const TOKEN_HEADER = 'paToken';

/** Who the request's token speaks for. Throws INVALID_TOKEN, TOKEN_EXPIRED. */
export async function authenticate(sessions: Sessions, ctx: HttpContext): Promise<Caller> {
  const token = ctx.get(TOKEN_HEADER);
  if (token === '') {
    throw new JobgateError(
      'INVALID_TOKEN',
      `the header ${TOKEN_HEADER} is missing; log in with authenticateUser`,
    );
  }
  const caller = await sessions.authenticate(token, ctx.state.exchange);
  ctx.state.exchange.user = caller.username;
  return caller;
}

/**
 * authenticateUser: the token, as bare text. The vendor's sample says `userName`, its SDKs say `username`; `domain` told
 * the original where to look, and is only read. Throws INVALID_ARGUMENT, LOGIN_FAILED, LOGIN_THROTTLED.
 */
export async function authenticateUser(sessions: Sessions, body: string, ctx: HttpContext): Promise<string> {
  const request = readObject(body);
  const username = optionalText(request, 'userName') ?? requiredText(request, 'username');
  const password = requiredText(request, 'password');
  optionalText(request, 'domain');
  const { clientAddress } = ctx.state.exchange;
  const session = await sessions.login({
    username,
    password,
    address: clientAddress,
    realm: 'pyramid',
    idleMs: 0,
  });
  ctx.state.exchange.user = session.username;
  return session.token;
}
