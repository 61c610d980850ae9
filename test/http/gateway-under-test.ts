import Router from '@koa/router';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';
import type { JobStore } from '../../src/core/job-store.ts';
import type { WebhookStore } from '../../src/core/webhook-store.ts';
import type { ExchangeState } from '../../src/http/exchange.ts';
import { createGateway } from '../../src/http/gateway.ts';
import { HttpError } from '../../src/http/http-error.ts';
import { Metrics } from '../../src/http/metrics.ts';
import { Readiness } from '../../src/http/readiness.ts';
import { reply } from '../../src/http/reply.ts';
import type { Room } from '../../src/http/room.ts';
import { createHttpServer, type HttpServer } from '../../src/http/server.ts';
import { FIXED_SERVER_LIMITS, type ServerLimits } from '../../src/http/server-limits.ts';
import { TrustedProxies } from '../../src/http/trusted-proxies.ts';

export type LogLine = Record<string, unknown>;

export interface GatewayUnderTest {
  readonly host: string;
  readonly port: number;
  readonly server: HttpServer;
  readonly metrics: Metrics;
  /** Every line logged so far. */
  readonly log: readonly LogLine[];
}

export const LIMITS: ServerLimits = {
  ...FIXED_SERVER_LIMITS,
  headerBytes: 16_384,
  requestTimeoutMs: 60_000,
  connections: 1_000,
  connectionsPerAddress: 1_000,
};

/** A whole gateway on a port of its own, closed when the test ends. */
export async function startGateway(
  parts: {
    rooms?: readonly Room[];
    limits?: Partial<ServerLimits>;
    trustedProxies?: readonly string[];
    ping?: () => Promise<unknown>;
    countOpen?: JobStore['countOpen'];
    countWebhooks?: WebhookStore['countOpen'];
    now?: () => number;
    host?: string;
  } = {},
): Promise<GatewayUnderTest> {
  const log: LogLine[] = [];
  const logger = pino(
    { level: 'debug', base: null },
    { write: (line: string) => log.push(JSON.parse(line)) },
  );
  const now = parts.now ?? Date.now;
  const readiness = new Readiness(parts.ping ?? (async () => {}), now);
  const metrics = new Metrics(
    new Registry(),
    { jobs: parts.countOpen ?? noJobs, webhooks: parts.countWebhooks ?? noWebhooks },
    now,
  );
  const trustedProxies = new TrustedProxies(parts.trustedProxies ?? []);
  const server = createHttpServer({
    host: parts.host ?? '127.0.0.1',
    port: 0,
    limits: { ...LIMITS, ...parts.limits },
    trustedProxies,
    listener: createGateway({
      rooms: parts.rooms ?? [],
      readiness,
      metrics,
      trustedProxies,
      log: logger,
    }),
    readiness,
    log: logger,
  });
  const { host, port } = await server.listen();
  onTestFinished(() => server.close(0));
  return { host, port, server, metrics, log };
}

/** A room at /room that renders errors as `room says STATUS CODE: MESSAGE`. */
export function roomWith(
  routes: (router: Router<ExchangeState>) => void,
  parts: Partial<Omit<Room, 'router'>> = {},
): Room {
  const [prefix = '/room'] = parts.prefixes ?? [];
  const router = new Router<ExchangeState>({ prefix });
  routes(router);
  return {
    name: 'room',
    prefixes: [prefix],
    operations: new Set(['read']),
    router,
    async respondToError(ctx, error) {
      const status =
        error instanceof HttpError ? error.status : error.code === 'STORE_UNAVAILABLE' ? 503 : 500;
      const body = `room says ${status} ${error.code}: ${error.message}`;
      await reply(ctx, { status, contentType: 'text/plain', body });
    },
    ...parts,
  };
}

/** A promise to be settled by hand. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

async function noJobs() {
  return { created: 0, queued: 0, running: 0, cancelling: 0 };
}

async function noWebhooks() {
  return { waiting: 0, due: 0 };
}
