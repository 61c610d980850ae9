import type { HttpContext } from './exchange.ts';

export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** RFC 7617, section 2: neither part may contain one. */
const CONTROL = /\p{Cc}/u;

/** The token of `Authorization: Bearer …` (RFC 6750); undefined where there is none, or none that is one word. */
export function bearerToken(ctx: HttpContext): string | undefined {
  const token = credentialsOf(ctx, 'bearer');
  return token === undefined || token === '' || /\s/.test(token) ? undefined : token;
}

/**
 * What `Authorization: Basic …` (RFC 7617) says. Clients write UTF-8 or, the older ones, ISO-8859-1: what
 * is not valid as the first is read as the second. Undefined where there is none, or it is malformed.
 */
export function basicCredentials(ctx: HttpContext): BasicCredentials | undefined {
  const encoded = credentialsOf(ctx, 'basic');
  if (encoded === undefined || !BASE64.test(encoded)) return undefined;
  const text = decode(Buffer.from(encoded, 'base64'));
  const colon = text.indexOf(':');
  if (colon < 0 || CONTROL.test(text)) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** What follows the scheme, whose name is in whatever case (RFC 9110, section 11.1). */
function credentialsOf(ctx: HttpContext, scheme: 'basic' | 'bearer'): string | undefined {
  const header = ctx.req.headers.authorization ?? '';
  const space = header.indexOf(' ');
  return space > 0 && header.slice(0, space).toLowerCase() === scheme
    ? header.slice(space + 1).trim()
    : undefined;
}

function decode(bytes: Buffer): string {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
