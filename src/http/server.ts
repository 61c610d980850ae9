import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Logger } from 'pino';
import { answerClientError, endWith } from './client-error.ts';
import { Connections } from './connections.ts';
import { ConnectionsByAddress } from './connections-by-address.ts';
import { DroppedConnections } from './dropped-connections.ts';
import type { Readiness } from './readiness.ts';
import type { ServerLimits } from './server-limits.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

export interface HttpServerParts {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly limits: ServerLimits;
  readonly trustedProxies: TrustedProxies;
  readonly listener: RequestListener;
  readonly readiness: Readiness;
  readonly log: Logger;
}

export interface HttpServer {
  /** Rejects where the address cannot be had. */
  listen(): Promise<{ readonly host: string; readonly port: number }>;
  /**
   * Not ready from now on, no new connections; requests under way are answered, each as its
   * connection's last, for at most `graceMs`; what is left then is cut.
   */
  close(graceMs: number): Promise<void>;
}

export function createHttpServer(parts: HttpServerParts): HttpServer {
  const { limits, listener, log } = parts;
  const connections = new Connections();
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    // Node's own answer to a request without one has no body; the gateway's says what is wrong.
    requireHostHeader: false,
    // Node refuses to start with more time for the headers than for the whole.
    headersTimeout: Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs),
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.timeoutCheckMs,
    keepAliveTimeout: limits.keepAliveMs,
  });
  server.maxConnections = limits.connections;
  server.timeout = limits.socketIdleMs;
  // Who closes its side once it has asked, as shutdown() and `nc -N` do, is answered all the same. Not in Node's types.
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  // The bytes of a head are limited. Node's own 2,000 would drop what comes after them without a word, Authorization too.
  server.maxHeadersCount = 0;

  const accept: RequestListener = (req, res) => {
    if (connections.begin(req.socket, res)) listener(req, res);
  };
  // What server.close() calls: see Connections for why not Node's own.
  server.closeIdleConnections = () => connections.stop();
  const byAddress = new ConnectionsByAddress(limits.connectionsPerAddress, parts.trustedProxies);
  const droppedByAddress = new DroppedConnections(
    log,
    limits.connectionsPerAddress,
    'too many from one address',
  );
  server.on('connection', (socket) => {
    if (byAddress.admit(socket)) connections.opened(socket);
    else {
      droppedByAddress.add(socket.remoteAddress);
      // As Node does with what is beyond maxConnections: an answer to each would be dearer than what it asks for.
      socket.destroy();
    }
  });
  server.on('request', accept);
  // Without this listener Node would ask for the body before anybody has looked at the headers.
  server.on('checkContinue', accept);
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    log.debug({ client: socket.remoteAddress, code: error.code }, 'bad request');
    if (error.code === 'ECONNRESET') socket.destroy();
    else
      connections.endAfterWholeRequests(socket, () =>
        answerClientError(error, socket, connections.hasBegunAnswer(socket)),
      );
  });
  // Without this listener Node would close the connection without a word.
  server.on('connect', (_, stream) => {
    const socket = stream as Socket;
    connections.endAfterWholeRequests(socket, () => endWith(501, socket));
  });
  const dropped = new DroppedConnections(log, limits.connections, 'too many');
  server.on('drop', (connection) => dropped.add(connection?.remoteAddress));

  return {
    listen: () => listen(server, parts.host, parts.port),
    async close(graceMs) {
      parts.readiness.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      const bound = server.address() as AddressInfo;
      resolve({ host: bound.address, port: bound.port });
    });
  });
}
