import type { IncomingMessage } from 'node:http';
import { bodyTooLarge, contentCoding, decodeContent } from './content-encoding.ts';
import type { Exchange, HttpContext } from './exchange.ts';
import { ClientGone, HttpError } from './http-error.ts';

/** Bytes; a body over either is refused with 413. */
export interface BodyLimits {
  readonly wire: number;
  readonly inflated: number;
}

/** 10 MiB: room for ten of CLM's 1 MiB arguments; the largest request seen of a real client had 46 KB. */
export const DEFAULT_BODY_LIMITS: BodyLimits = { wire: 10 * 1024 * 1024, inflated: 10 * 1024 * 1024 };

/**
 * The request's body, inflated. What the headers alone condemn is refused before a byte is
 * read and before `100 Continue` is sent.
 *
 * Throws HttpError 413, 415, 400 (corrupt or cut short), 501 (a transfer coding other than
 * chunked), and ClientGone.
 */
export async function readBody(ctx: HttpContext, limits: BodyLimits): Promise<Buffer> {
  const { req, res } = ctx;
  const { exchange } = ctx.state;
  const coding = contentCoding(req.headers['content-encoding']);
  const transfer = req.headers['transfer-encoding'];
  if (transfer !== undefined && transfer.toLowerCase() !== 'chunked') {
    throw new HttpError(501, 'TRANSFER_ENCODING_UNSUPPORTED', 'Transfer-Encoding: expected chunked');
  }
  if (Number(req.headers['content-length'] ?? 0) > limits.wire)
    throw bodyTooLarge(limits.wire, 'on the wire');
  if (exchange.awaitsContinue) {
    exchange.awaitsContinue = false;
    res.writeContinue();
  }
  return decodeContent(await receive(req, limits.wire, exchange), coding, limits.inflated);
}

/**
 * One buffer that grows, not a list of chunks: a chunk costs some 300 bytes however short it is,
 * so 8 MB sent byte by byte took 3 GB and the process with it.
 */
function receive(req: IncomingMessage, limit: number, exchange: Exchange): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let body: Buffer = Buffer.alloc(0);
    const stopListening = () => req.off('data', onData).off('end', onEnd).off('close', onClose);
    const onData = (chunk: Buffer) => {
      const length = exchange.bytesIn;
      exchange.bytesIn += chunk.length;
      if (exchange.bytesIn <= limit) {
        body = length === 0 ? chunk : append(body, length, chunk);
        return;
      }
      stopListening().pause();
      reject(bodyTooLarge(limit, 'on the wire'));
    };
    const onEnd = () => {
      stopListening();
      resolve(body.subarray(0, exchange.bytesIn));
    };
    const onClose = () => {
      stopListening();
      reject(new ClientGone('the client left before its request was whole'));
    };
    req.on('data', onData).on('end', onEnd).on('close', onClose);
    if (req.destroyed) onClose();
  });
}

/** `chunk` behind the first `length` bytes of `body`, in twice the room whenever it runs out. */
function append(body: Buffer, length: number, chunk: Buffer): Buffer {
  let roomy = body;
  if (length + chunk.length > body.length) {
    roomy = Buffer.allocUnsafe(2 * (length + chunk.length));
    body.copy(roomy, 0, 0, length);
  }
  chunk.copy(roomy, length);
  return roomy;
}
