import { bodyTooLarge, type ContentCoding, contentCoding } from './content-encoding.ts';
import type { HttpContext } from './exchange.ts';
import { ClientGone, HttpError } from './http-error.ts';

/**
 * Lets the client send its body, and says in which coding that is. What the headers alone condemn is
 * refused before a byte is read and before `100 Continue` is sent. `limit` is in bytes on the wire.
 *
 * Throws HttpError 413, 415 (the coding), 501 (a transfer coding other than chunked), and ClientGone.
 */
export function admitBody({ req, res, state: { exchange } }: HttpContext, limit: number): ContentCoding {
  const coding = contentCoding(req.headers['content-encoding']);
  const transfer = req.headers['transfer-encoding'];
  if (transfer !== undefined && transfer.toLowerCase() !== 'chunked') {
    throw new HttpError(501, 'TRANSFER_ENCODING_UNSUPPORTED', 'Transfer-Encoding: expected chunked');
  }
  if (Number(req.headers['content-length'] ?? 0) > limit) throw bodyTooLarge(limit, 'on the wire');
  if (exchange.awaitsContinue) {
    exchange.awaitsContinue = false;
    res.writeContinue();
  }
  if (res.destroyed) throw clientGone();
  return coding;
}

export function clientGone(): ClientGone {
  return new ClientGone('the client left before its request was whole');
}
