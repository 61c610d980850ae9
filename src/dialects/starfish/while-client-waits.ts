import type { HttpContext } from '../../http/exchange.ts';

/** How soon a client that vanished without a word is noticed, ms: nothing else is sent meanwhile. */
const PROBE_AFTER_MS = 60_000;

/**
 * Runs `wait` for as long as the client stays, which `signal` tells. A connection on which nothing moves is
 * otherwise closed after two minutes; this client has sent all it has to, and jobs take longer.
 */
export async function whileClientWaits<T>(
  ctx: HttpContext,
  wait: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { res } = ctx;
  const { socket } = ctx.req;
  const idleMs = socket.timeout ?? 0;
  const left = new AbortController();
  const leave = () => left.abort();
  res.once('close', leave);
  if (res.destroyed) leave();
  socket.setTimeout(0).setKeepAlive(true, PROBE_AFTER_MS);
  try {
    return await wait(left.signal);
  } finally {
    res.off('close', leave);
    socket.setTimeout(idleMs);
  }
}
