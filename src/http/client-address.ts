import type { IncomingMessage } from 'node:http';
import { normalizeAddress, type TrustedProxies } from './trusted-proxies.ts';

/** Where a request came from, and past how many trusted proxies. */
export interface RequestOrigin {
  readonly clientAddress: string;
  readonly trustedHops: number;
}

/**
 * Walks X-Forwarded-For from the right, where the proxies next to us wrote, for as long as
 * the hop before is trusted: the first address that is not is the client. What stands further
 * left is only the client's word.
 */
export function requestOrigin(req: IncomingMessage, proxies: TrustedProxies): RequestOrigin {
  const peer = peerAddress(req);
  if (proxies.isEmpty || !proxies.includes(peer)) return { clientAddress: peer, trustedHops: 0 };
  let clientAddress = peer;
  let trustedHops = 1;
  for (const entry of forwardedList(req, 'x-forwarded-for').reverse()) {
    const hop = normalizeAddress(withoutPort(entry));
    if (hop === undefined) break;
    clientAddress = hop;
    if (!proxies.includes(hop)) break;
    trustedHops += 1;
  }
  return { clientAddress, trustedHops };
}

/** The members of a forwarding header, leftmost first. */
export function forwardedList(req: IncomingMessage, header: string): string[] {
  const value = req.headers[header];
  return typeof value === 'string' ? value.split(',').map((entry) => entry.trim()) : [];
}

/** A dual-stack socket shows IPv4 clients as ::ffff:a.b.c.d. */
function peerAddress(req: IncomingMessage): string {
  const address = req.socket.remoteAddress ?? 'unknown';
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

/** Some proxies write `1.2.3.4:5678` and `[::1]:5678`. */
function withoutPort(entry: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(entry);
  if (bracketed) return bracketed[1] as string;
  return entry.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}
