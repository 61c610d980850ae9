import type { Logger } from 'pino';
import { JobgateError } from '../core/error.ts';
import type { HttpContext } from './exchange.ts';
import { ClientGone, HttpError } from './http-error.ts';
import { reply } from './reply.ts';
import type { Room } from './room.ts';
import type { StoreOutage } from './store-outage.ts';

/**
 * The one place where whatever a request threw becomes an answer: in the room's own form, or
 * as a line of plain text outside any room. Only an HttpError or a JobgateError speaks to the
 * client; everything else is logged here with its stack and answered as INTERNAL.
 */
export async function answerError(
  ctx: HttpContext,
  room: Room | undefined,
  error: unknown,
  log: Logger,
  outage: StoreOutage,
): Promise<void> {
  const { exchange } = ctx.state;
  if (error instanceof ClientGone) return;
  const shown = presentable(error);
  exchange.faultCode ??= shown.code;
  exchange.outcome ??= isOurFault(shown) ? 'server_error' : 'client_error';
  logUnexpected(ctx, error, log, outage);
  if (ctx.res.headersSent) {
    cutShort(ctx);
    return;
  }
  if (shown instanceof HttpError) exchange.headers = { ...exchange.headers, ...shown.headers };
  try {
    if (room === undefined) await plainText(ctx, shown);
    else await room.respondToError(ctx, shown);
  } catch (failure) {
    log.error({ id: exchange.id, room: exchange.room, err: failure }, 'the room could not render an error');
    exchange.outcome = 'server_error';
    if (ctx.res.headersSent) cutShort(ctx);
    else await plainText(ctx, internal());
  }
}

function presentable(error: unknown): HttpError | JobgateError {
  return error instanceof HttpError || error instanceof JobgateError ? error : internal();
}

function internal(): JobgateError {
  return new JobgateError('INTERNAL', 'an internal error; the log has it under the request id');
}

function isOurFault(error: HttpError | JobgateError): boolean {
  return error.code === 'INTERNAL' || error.code === 'STORE_UNAVAILABLE' || error.code === 'TOO_BUSY';
}

/** With its stack, unless it is an error that was to be expected: then the request's own line says enough. */
export function logUnexpected(ctx: HttpContext, error: unknown, log: Logger, outage: StoreOutage): void {
  if (error instanceof HttpError) return;
  if (error instanceof JobgateError && error.code !== 'INTERNAL') {
    // It fails every request: said once, not for each.
    if (error.code === 'STORE_UNAVAILABLE') outage.failed(error);
    return;
  }
  const { id, room, operation } = ctx.state.exchange;
  log.error({ id, room, operation, err: error }, 'unexpected error');
}

/**
 * An answer that has begun cannot be taken back: the connection is reset, so that even an
 * HTTP/1.0 client, for whom a closed connection is the end of the answer, sees that it is not whole.
 */
function cutShort(ctx: HttpContext): void {
  if (!ctx.res.writableFinished) ctx.req.socket.resetAndDestroy();
}

function plainText(ctx: HttpContext, error: HttpError | JobgateError): Promise<void> {
  const status = error instanceof HttpError ? error.status : error.code === 'STORE_UNAVAILABLE' ? 503 : 500;
  return reply(ctx, { status, contentType: 'text/plain; charset=utf-8', body: `${error.message}\n` });
}
