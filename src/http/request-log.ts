import type { Logger } from 'pino';
import type { ExchangeOutcome, HttpContext } from './exchange.ts';

const LONGEST_PATH = 256;

export function outcomeOf(ctx: HttpContext): ExchangeOutcome {
  const { outcome } = ctx.state.exchange;
  const { statusCode, writableFinished } = ctx.res;
  // What went wrong before is why it is not whole.
  if (outcome === 'server_error' || outcome === 'client_error') return outcome;
  if (!writableFinished) return 'aborted';
  return outcome ?? (statusCode >= 500 ? 'server_error' : statusCode >= 400 ? 'client_error' : 'ok');
}

/**
 * One line a request. Only what is named here is logged: no header, no query string and no
 * body, for tokens and passwords travel in all three.
 */
export function logRequest(log: Logger, ctx: HttpContext, outcome: ExchangeOutcome, ms: number): void {
  const { exchange } = ctx.state;
  log[levelOf(exchange.room, outcome)](
    {
      id: exchange.id,
      room: exchange.room,
      operation: exchange.operation,
      method: ctx.method,
      path: ctx.path.slice(0, LONGEST_PATH),
      status: ctx.res.headersSent ? ctx.res.statusCode : undefined,
      outcome,
      ms: Math.round(ms * 10) / 10,
      bytesIn: exchange.bytesIn,
      bytesOut: exchange.bytesOut,
      client: exchange.clientAddress,
      user: exchange.user ?? undefined,
      fault: exchange.faultCode ?? undefined,
    },
    'request',
  );
}

function levelOf(room: string, outcome: ExchangeOutcome): 'debug' | 'info' | 'warn' | 'error' {
  if (outcome === 'server_error') return room === 'probe' ? 'warn' : 'error';
  if (outcome === 'client_error' || outcome === 'aborted') return 'warn';
  // Probes come every few seconds and say nothing while all is well.
  return room === 'probe' ? 'debug' : 'info';
}
