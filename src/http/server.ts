import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Logger } from 'pino';
import { answerClientError } from './client-error.ts';
import type { Readiness } from './readiness.ts';
import type { ServerLimits } from './server-limits.ts';

export interface HttpServerParts {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly limits: ServerLimits;
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
  const underWay = new Set<ServerResponse>();
  const silent = new Set<Socket>();
  let stopping = false;

  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.timeoutCheckMs,
    keepAliveTimeout: limits.keepAliveMs,
  });
  server.maxConnections = limits.connections;
  server.timeout = limits.socketIdleMs;

  const accept: RequestListener = (req, res) => {
    silent.delete(req.socket);
    underWay.add(res);
    if (stopping) res.setHeader('Connection', 'close');
    res.once('close', () => {
      underWay.delete(res);
      // An answer whose head had gone out before the stop leaves its connection open.
      if (stopping) setImmediate(() => server.closeIdleConnections());
    });
    listener(req, res);
  };
  server.on('request', accept);
  // Without this listener Node would ask for the body before anybody has looked at the headers.
  server.on('checkContinue', accept);
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('clientError', (error, stream) => {
    const socket = stream as Socket;
    const begun = [...underWay].some((res) => res.socket === socket && res.headersSent);
    log.debug({ client: socket.remoteAddress, code: (error as NodeJS.ErrnoException).code }, 'bad request');
    answerClientError(error, socket, begun);
  });
  server.on('drop', () => log.warn({ limit: limits.connections }, 'connection refused: too many'));

  return {
    listen: () => listen(server, parts.host, parts.port),
    async close(graceMs) {
      stopping = true;
      parts.readiness.stop();
      for (const res of underWay) if (!res.headersSent) res.setHeader('Connection', 'close');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // Node does not count a connection as idle before its first request.
      for (const socket of silent) socket.destroy();
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
