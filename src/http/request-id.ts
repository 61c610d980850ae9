import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const SANE = /^[A-Za-z0-9._:=+/@-]{1,128}$/;

/** The id that a trusted proxy gave the request, so that its log and ours can be put together; else a new one. */
export function requestId(req: IncomingMessage, trustedHops: number): string {
  const given = req.headers['x-request-id'];
  return trustedHops > 0 && typeof given === 'string' && SANE.test(given) ? given : randomUUID();
}
