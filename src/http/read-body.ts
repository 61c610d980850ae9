import type { IncomingMessage } from 'node:http';
import { admitBody, clientGone } from './admit-body.ts';
import type { BodyBudget, BodyShare } from './body-budget.ts';
import { bodyTooLarge, inflateBody } from './content-encoding.ts';
import type { Exchange, HttpContext } from './exchange.ts';

/** What one body may cost, and what all may together. */
export interface BodyLimits {
  /** Bytes; a body over either is refused with 413. */
  readonly wire: number;
  readonly inflated: number;
  /** For all requests under way; a body it has no room for is refused with 503. */
  readonly inFlight: BodyBudget;
}

/** A user name and a password, whatever is written around them and however it is escaped. */
const SIGN_IN_BYTES = 65_536;

/** For the body of a sign-in, which anybody may send: what it may cost is bounded by what it is for. */
export function signInLimits({ wire, inflated, inFlight }: BodyLimits): BodyLimits {
  return { wire: Math.min(wire, SIGN_IN_BYTES), inflated: Math.min(inflated, SIGN_IN_BYTES), inFlight };
}

/**
 * The request's body, inflated. What the headers alone condemn is refused before a byte is
 * read and before `100 Continue` is sent. What it takes of the budget is given back when the
 * response closes.
 *
 * Throws HttpError 413, 415, 400 (corrupt or cut short), 501 (a transfer coding other than
 * chunked), 503 (no room for it among the others), and ClientGone.
 */
export async function readBody(ctx: HttpContext, limits: BodyLimits): Promise<Buffer> {
  const { req, res } = ctx;
  const coding = admitBody(ctx, limits.wire);
  const share = limits.inFlight.share();
  ctx.state.exchange.atEnd(() => share.release());
  const body = await receive(req, limits.wire, ctx.state.exchange, share);
  if (coding === 'identity') return body;
  return limits.inFlight.inflating(() => {
    if (res.destroyed) throw clientGone();
    return inflateBody(body, coding, limits.inflated, share);
  });
}

/**
 * One buffer that grows, not a list of chunks: a chunk costs some 300 bytes however short it is,
 * so 8 MB sent byte by byte took 3 GB and the process with it.
 */
function receive(req: IncomingMessage, limit: number, exchange: Exchange, share: BodyShare): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let body: Buffer = Buffer.alloc(0);
    const stopListening = () => req.off('data', onData).off('end', onEnd).off('close', onClose);
    const onData = (chunk: Buffer) => {
      const length = exchange.bytesIn;
      exchange.bytesIn += chunk.length;
      try {
        if (exchange.bytesIn > limit) throw bodyTooLarge(limit, 'on the wire');
        body = withRoomFor(chunk.length, body, length, limit, share);
        chunk.copy(body, length);
      } catch (error) {
        stopListening().pause();
        reject(error);
      }
    };
    const onEnd = () => {
      stopListening();
      resolve(body.subarray(0, exchange.bytesIn));
    };
    const onClose = () => {
      stopListening();
      reject(clientGone());
    };
    req.on('data', onData).on('end', onEnd).on('close', onClose);
    if (req.destroyed) onClose();
  });
}

/** `body`, or its first `length` bytes in a buffer of twice the size. */
function withRoomFor(more: number, body: Buffer, length: number, limit: number, share: BodyShare): Buffer {
  const needed = length + more;
  if (needed <= body.length) return body;
  // Most bodies come in one chunk.
  const size = length === 0 ? needed : Math.min(limit, 2 * needed);
  share.take(size - body.length);
  const roomy = Buffer.allocUnsafe(size);
  body.copy(roomy, 0, 0, length);
  return roomy;
}
