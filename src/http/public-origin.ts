import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { forwardedList } from './client-address.ts';
import type { HttpContext } from './exchange.ts';

const HOST = /^([A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::(\d{1,5}))?$/;
const DEFAULT_PORTS = { http: 80, https: 443 } as const;

interface HostPort {
  readonly host: string;
  readonly port: number | undefined;
}

/**
 * The scheme and authority under which the client reaches us, such as `https://jobs.example.com`:
 * what a WSDL and Location headers must say. From X-Forwarded-Proto, -Host and -Port where a
 * trusted proxy wrote them, else from Host, else (HTTP/1.0, or a Host that is not one) the
 * address that the connection arrived at.
 */
export function publicOrigin(ctx: HttpContext): string {
  const { req } = ctx;
  const { trustedHops } = ctx.state.exchange;
  const forwarded = (header: string) =>
    trustedHops > 0 ? outermostTrusted(req, header, trustedHops) : undefined;

  const scheme = forwarded('x-forwarded-proto')?.toLowerCase() === 'https' ? 'https' : 'http';
  const forwardedHost = parseHost(forwarded('x-forwarded-host'));
  const { host, port } = forwardedHost ?? parseHost(req.headers.host) ?? socketHost(req);
  const publicPort = parsePort(forwarded('x-forwarded-port')) ?? port ?? DEFAULT_PORTS[scheme];
  return `${scheme}://${host}${publicPort === DEFAULT_PORTS[scheme] ? '' : `:${publicPort}`}`;
}

/**
 * Each proxy either replaces the header or appends to it. Counted from the right, the entry
 * of the proxy that the client spoke to is as far away as there are trusted hops; what stands
 * left of it the client sent.
 */
function outermostTrusted(req: IncomingMessage, header: string, hops: number): string | undefined {
  const list = forwardedList(req, header);
  return list[Math.max(0, list.length - hops)];
}

function parseHost(text: string | undefined): HostPort | undefined {
  const match = HOST.exec(text ?? '');
  const host = match?.[1];
  if (host === undefined) return undefined;
  if (host.startsWith('[') && !ipaddr.IPv6.isValid(host.slice(1, -1))) return undefined;
  const port = match?.[2] === undefined ? undefined : parsePort(match[2]);
  return match?.[2] !== undefined && port === undefined ? undefined : { host, port };
}

function parsePort(text: string | undefined): number | undefined {
  const port = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function socketHost(req: IncomingMessage): HostPort {
  const { localAddress = 'localhost', localPort } = req.socket;
  const address = localAddress.replace(/^::ffff:/, '');
  return { host: address.includes(':') ? `[${address}]` : address, port: localPort };
}
