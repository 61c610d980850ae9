import type { HttpContext } from './exchange.ts';
import { HttpError } from './http-error.ts';

/**
 * What Node lets pass although a proxy before us may read it otherwise, and take one request for another. Throws
 * HttpError 400 for more than one Host, of which Node takes the first, and for none (RFC 9112, section 3.2), which
 * HTTP/1.0 may do without. A request in chunks of HTTP/1.0, which has none, is its connection's last (section 6.1).
 */
export function guardAgainstSmuggling({ req, res }: HttpContext): void {
  const hosts = hostsOf(req.rawHeaders);
  if (hosts > 1) throw refused('the request has more than one Host');
  if (hosts === 0 && req.httpVersion === '1.1') throw refused('the request has no Host');
  if (req.httpVersion === '1.0' && req.headers['transfer-encoding'] !== undefined) {
    res.setHeader('Connection', 'close');
  }
}

function refused(message: string): HttpError {
  return new HttpError(400, 'TARGET_MALFORMED', message, { Connection: 'close' });
}

/** `rawHeaders` has names and values in turn. */
function hostsOf(rawHeaders: readonly string[]): number {
  return rawHeaders.filter((name, at) => at % 2 === 0 && name.length === 4 && name.toLowerCase() === 'host')
    .length;
}
