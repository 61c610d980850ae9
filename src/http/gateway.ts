import type { RequestListener } from 'node:http';
import Koa from 'koa';
import type { Logger } from 'pino';
import { requestOrigin } from './client-address.ts';
import { Dispatch, notFound, runRoute } from './dispatch.ts';
import { answerError, logUnexpected } from './error-boundary.ts';
import { Exchange, type ExchangeState, type HttpContext } from './exchange.ts';
import type { Metrics } from './metrics.ts';
import { answerProbe, probesOf } from './probes.ts';
import type { Readiness } from './readiness.ts';
import { requestId } from './request-id.ts';
import { logRequest, outcomeOf } from './request-log.ts';
import { requirePath } from './request-target.ts';
import type { Room } from './room.ts';
import { guardAgainstSmuggling } from './smuggling-guard.ts';
import { StoreOutage } from './store-outage.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

export interface GatewayParts {
  readonly rooms: readonly Room[];
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly trustedProxies: TrustedProxies;
  readonly log: Logger;
}

/**
 * The listener of the HTTP server: probes, then the room that owns the path, then 404. It makes Koa's context, but not its
 * chain of middleware, of which this would be the only one, nor its `respond`, which answers nothing here.
 */
export function createGateway(parts: GatewayParts): RequestListener {
  const { log, metrics } = parts;
  const dispatch = new Dispatch(parts.rooms);
  const outage = new StoreOutage(log, parts.readiness);
  const probes = probesOf(parts.readiness, metrics);
  const app = new Koa<ExchangeState>({ env: 'production' });
  const answer = async (ctx: HttpContext): Promise<void> => {
    ctx.state.exchange = exchangeOf(ctx, parts.trustedProxies);
    let room: Room | undefined;
    ctx.res.once('close', () => recordEnd(ctx, room, metrics, log));
    try {
      requirePath(ctx);
      guardAgainstSmuggling(ctx);
      const probe = probes.get(ctx.path);
      if (probe) return await answerProbe(ctx, probe);
      const mount = dispatch.find(ctx.path);
      if (!mount) throw notFound();
      room = mount.room;
      ctx.state.exchange.room = room.name;
      room.cors?.allow(ctx);
      if (room.cors?.isPreflight(ctx)) return await room.cors.answerPreflight(ctx);
      await runRoute(ctx, mount);
      const { error } = ctx.state.exchange;
      if (error !== undefined) logUnexpected(ctx, error, log, outage);
    } catch (error) {
      await answerError(ctx, room, error, log, outage);
    }
  };
  return (req, res) => {
    answer(app.createContext(req, res)).catch((error: unknown) => {
      log.error({ err: error }, 'an error could not be answered');
      res.destroy();
    });
  };
}

function exchangeOf({ req }: HttpContext, proxies: TrustedProxies): Exchange {
  const { clientAddress, trustedHops } = requestOrigin(req, proxies);
  const exchange = new Exchange(requestId(req, trustedHops), clientAddress, trustedHops);
  // Node answers any other Expect with 417 itself, and hands over HTTP/1.0 without heeding it.
  exchange.awaitsContinue = req.headers.expect !== undefined && req.httpVersion === '1.1';
  return exchange;
}

function recordEnd(ctx: HttpContext, room: Room | undefined, metrics: Metrics, log: Logger): void {
  const { exchange } = ctx.state;
  exchange.end();
  const outcome = outcomeOf(ctx);
  const ms = performance.now() - exchange.started;
  const known = room === undefined ? exchange.room === 'probe' : room.operations.has(exchange.operation);
  metrics.requestEnded(exchange.room, known ? exchange.operation : 'other', outcome, ms);
  logRequest(log, ctx, outcome, ms);
}
