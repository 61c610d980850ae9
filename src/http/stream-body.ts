import { pipeline, Readable } from 'node:stream';
import { admitBody, clientGone } from './admit-body.ts';
import { bodyCorrupt, bodyTooLarge, type ContentCoding, createInflater } from './content-encoding.ts';
import type { HttpContext } from './exchange.ts';
import { HttpError } from './http-error.ts';
import type { BodyLimits } from './read-body.ts';

/**
 * The request's body as it comes, inflated, for what is not to be held in memory: the client sends no
 * faster than the chunks are taken. Whoever leaves the loop may still answer.
 *
 * Throws at once what the headers alone condemn (HttpError 413, 415, 501), and while it is read
 * HttpError 413, 400 (corrupt or cut short), and ClientGone: what was made of the chunks so far is then void.
 */
export function streamBody(
  ctx: HttpContext,
  limits: Pick<BodyLimits, 'wire' | 'inflated'>,
): AsyncIterable<Buffer> {
  const coding = admitBody(ctx, limits.wire);
  const received = receive(ctx, limits.wire);
  return coding === 'identity' ? received : inflate(received, coding, limits.inflated);
}

async function* receive({ req, state: { exchange } }: HttpContext, limit: number): AsyncGenerator<Buffer> {
  try {
    // Destroying the request would take the connection with it, and the answer.
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      exchange.bytesIn += chunk.length;
      if (exchange.bytesIn > limit) throw bodyTooLarge(limit, 'on the wire');
      yield chunk;
    }
  } catch (error) {
    throw error instanceof HttpError ? error : clientGone();
  }
}

async function* inflate(
  received: AsyncGenerator<Buffer>,
  coding: Exclude<ContentCoding, 'identity'>,
  limit: number,
): AsyncGenerator<Buffer> {
  const start = await firstBytes(received);
  const inflater = createInflater(coding, start);
  // The loop below hears of every error: the callback would hear of it a second time.
  pipeline(Readable.from(startingWith(start, received)), inflater, () => {});
  let length = 0;
  try {
    for await (const chunk of inflater) {
      length += chunk.length;
      if (length > limit) throw bodyTooLarge(limit, 'inflated');
      yield chunk;
    }
  } catch (error) {
    throw isZlibError(error) ? bodyCorrupt(coding, error) : error;
  }
}

/** As many as tell the two formats apart that go by the name of deflate; fewer where there are no more. */
async function firstBytes(received: AsyncGenerator<Buffer>): Promise<Buffer> {
  let start: Buffer = Buffer.alloc(0);
  while (start.length < 2) {
    const { value, done } = await received.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  return start;
}

async function* startingWith(start: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield start;
  yield* rest;
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && /^Z_/.test((error as NodeJS.ErrnoException).code ?? '');
}
