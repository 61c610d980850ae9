import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressGuard } from './address-guard.ts';

export interface WebhookPost {
  /** Absolute, http or https. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
  readonly guard: AddressGuard;
  /** Aborted when it has taken too long, or is to be left. */
  readonly signal: AbortSignal;
}

export interface WebhookAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** Nobody reads an answer's body: so much of it is taken, so long, for the sender to end in peace. */
const BODY_LIMITS = { bytes: 4_096, ms: 1_000 };

/**
 * Posts once and settles with the answer's head. Redirects are not followed: they could lead past the guard.
 * Each post has a connection of its own, since one kept open for a name would outlive the guard's judgement
 * of it. Throws what kept an answer from coming.
 */
export async function send({ url, headers, body, guard, signal }: WebhookPost): Promise<WebhookAnswer> {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  guard.checkLiteral(host);
  const request = protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request({
      method: 'POST',
      protocol,
      host,
      port,
      path: pathname + search,
      headers,
      agent: false,
      lookup: guard.lookup,
      // Not left to NODE_TLS_REJECT_UNAUTHORIZED.
      rejectUnauthorized: true,
      signal,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
      discard(response);
    });
    sent.end(body);
  });
}

function discard(response: IncomingMessage): void {
  let left = BODY_LIMITS.bytes;
  response.on('error', () => {});
  response.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) response.destroy();
  });
  const late = setTimeout(() => response.destroy(), BODY_LIMITS.ms);
  late.unref();
  response.on('close', () => clearTimeout(late));
  response.socket.unref();
}
