import { JobgateError } from '../../core/error.ts';
import { decodeBody } from '../../http/body-text.ts';
import type { HttpContext } from '../../http/exchange.ts';
import { parseForm } from '../../http/form-body.ts';
import { HttpError } from '../../http/http-error.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { readBody, signInLimits } from '../../http/read-body.ts';
import { reply } from '../../http/reply.ts';
import type { House } from '../dialect.ts';
import { retryAfter } from './errors.ts';

type OAuthErrorCode = 'invalid_request' | 'invalid_grant' | 'unsupported_grant_type';

/** RFC 6749, section 5.2. */
class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: OAuthErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: OAuthErrorCode, description: string, headers: Readonly<Record<string, string>> = {}) {
    super(description);
    this.code = code;
    this.headers = headers;
  }
}

/** "A post is made …, passing in your username & password. A new token is then returned": RFC 6749, section 4.3. */
export async function answerToken(ctx: HttpContext, house: House): Promise<void> {
  try {
    const { username, password } = passwordGrant(await readGrant(ctx, house));
    const session = await logIn(house, username, password, ctx.state.exchange.clientAddress);
    ctx.state.exchange.user = session.username;
    await send(ctx, 200, {
      access_token: session.token,
      token_type: 'bearer',
      expires_in: Math.floor(session.idleMs / 1_000),
    });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    ctx.state.exchange.faultCode = error.code;
    await send(ctx, 400, { error: error.code, error_description: error.message }, error.headers);
  }
}

/** Of a parameter that comes twice RFC 6749, section 3.2, says that it must not. */
async function readGrant(ctx: HttpContext, house: House): Promise<ReadonlyMap<string, string>> {
  const media = parseMediaType(ctx.req.headers['content-type']);
  if (media?.type !== 'application/x-www-form-urlencoded') {
    throw new OAuthError('invalid_request', 'The Content-Type must be application/x-www-form-urlencoded.');
  }
  const body = await readBody(ctx, signInLimits(house.bodyLimits));
  const parameters = new Map<string, string>();
  for (const [name, value] of readForm(body, media.charset)) {
    if (parameters.has(name)) throw new OAuthError('invalid_request', 'A parameter is there more than once.');
    parameters.set(name, value);
  }
  return parameters;
}

function readForm(body: Buffer, charset: string | undefined): [string, string][] {
  try {
    return parseForm(decodeBody(body, charset));
  } catch (error) {
    if (error instanceof HttpError && error.code === 'BODY_MALFORMED') {
      throw new OAuthError('invalid_request', error.message);
    }
    throw error;
  }
}

function passwordGrant(parameters: ReadonlyMap<string, string>): { username: string; password: string } {
  const grantType = required(parameters, 'grant_type');
  if (grantType !== 'password') {
    throw new OAuthError('unsupported_grant_type', 'The grant_type must be "password".');
  }
  return { username: required(parameters, 'username'), password: required(parameters, 'password') };
}

function required(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (!value) throw new OAuthError('invalid_request', `The ${name} parameter is required.`);
  return value;
}

/** A client that guesses too fast is told so in the one form that it knows for a log-in that failed. */
async function logIn(house: House, username: string, password: string, address: string) {
  try {
    return await house.sessions.login({ username, password, address, realm: 'starfish', idleMs: 0 });
  } catch (error) {
    if (error instanceof JobgateError && error.code === 'LOGIN_FAILED') {
      throw new OAuthError('invalid_grant', 'The user name or password is incorrect.');
    }
    if (error instanceof JobgateError && error.code === 'LOGIN_THROTTLED') {
      throw new OAuthError('invalid_grant', `${error.message}.`, retryAfter(error.retryAfterMs));
    }
    throw error;
  }
}

function send(
  ctx: HttpContext,
  status: number,
  document: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const body = JSON.stringify(document);
  // RFC 6749, section 5.1, asks for both; every answer says no-store.
  return reply(ctx, {
    status,
    contentType: 'application/json; charset=utf-8',
    headers: { Pragma: 'no-cache', ...headers },
    body,
  });
}
