import type { HttpContext } from './exchange.ts';

/** How soon a client that vanished without a word is noticed, ms: nothing else is sent meanwhile. */
const PROBE_AFTER_MS = 60_000;

/**
 * Lets a request wait for something before it is answered. Nothing moves on its connection meanwhile, so
 * that it would be closed as idle: its time-out starts anew with the answer. The signal aborts when the client leaves.
 */
export async function holdAnswer<T>(
  { req, res }: HttpContext,
  wait: (clientLeft: AbortSignal) => Promise<T>,
): Promise<T> {
  const { socket } = req;
  const { timeout = 0 } = socket;
  const left = new AbortController();
  const leave = () => left.abort();
  res.once('close', leave);
  if (res.destroyed) leave();
  // Elsewhere a client that has closed its side may still be listening; none is waited for that long.
  const hangUp = () => socket.destroySoon();
  socket.once('end', hangUp);
  if (socket.readableEnded) hangUp();
  socket.setTimeout(0).setKeepAlive(true, PROBE_AFTER_MS);
  try {
    return await wait(left.signal);
  } finally {
    res.off('close', leave);
    socket.off('end', hangUp);
    socket.setTimeout(timeout);
  }
}
