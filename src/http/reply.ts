import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HttpContext } from './exchange.ts';

export interface Answer {
  readonly status: number;
  /** Left out where there is no body. */
  readonly contentType?: string;
  /**
   * None in an answer of status 204 or 304, which never has one, or of nothing but its headers. A stream is read chunk by chunk as the client takes it: let each have some tens of
   * kilobytes. Nothing is sent before the first has come, so that an error until then can
   * still be answered as one.
   */
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  /** They go before the exchange's and before our own, such as Cache-Control; names that Vary has in both are kept. */
  readonly headers?: Readonly<Record<string, string>>;
}

type Body = NonNullable<Answer['body']>;

/** RFC 9110, sections 15.3.5 and 15.4.5. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/** Characters. */
const LONG_TEXT = 4_096;

/**
 * How much of a body nobody reads is taken in after the answer. Closing at once would
 * reset the connection and could take the answer with it before the client has read it.
 */
const LINGER = { bytes: 32 * 1024 * 1024, ms: 5_000 } as const;

/**
 * Sends the answer; settles when it has been handed over. An error of a stream's source is
 * thrown on; the error boundary then cuts the connection if the answer had begun. A stream that
 * is not read to its end, or not at all, is told so by its iterator's `return`.
 */
export async function reply(ctx: HttpContext, answer: Answer): Promise<void> {
  const { req, res } = ctx;
  const { exchange } = ctx.state;
  const { body = '' } = answer;
  const bodiless = BODILESS.has(answer.status);
  if (res.destroyed) return abandon(body);
  const head: Record<string, string | number> = {
    'X-Request-Id': exchange.id,
    'X-Content-Type-Options': 'nosniff',
    // Answers are about live jobs, and some carry tokens.
    'Cache-Control': 'no-store',
    ...exchange.headers,
    ...answer.headers,
  };
  const vary = [exchange.headers['Vary'], answer.headers?.['Vary']].filter((names) => names !== undefined);
  if (vary.length > 0) head['Vary'] = vary.join(', ');
  if (answer.contentType !== undefined && !bodiless) head['Content-Type'] = answer.contentType;
  const unread = hasUnreadBody(req);
  if (unread) head['Connection'] = 'close';
  if (isStream(body) && !bodiless) {
    res.statusCode = answer.status;
    for (const name of Object.keys(head)) res.setHeader(name, head[name] as string);
    return stream(ctx, body);
  }
  if (bodiless) await abandon(body);
  const whole = isStream(body) || bodiless ? '' : inOneStretch(body);
  const length = Buffer.byteLength(whole);
  exchange.bytesOut = ctx.method === 'HEAD' ? 0 : length;
  if (!bodiless) head['Content-Length'] = length;
  res.writeHead(answer.status, head);
  if (!unread || exchange.awaitsContinue) {
    res.end(whole);
    return;
  }
  // Content-Length tells the client that the answer is whole, while the response stays open here.
  if (length > 0) res.write(whole);
  else res.flushHeaders();
  await discard(req);
  res.end();
}

async function stream(ctx: HttpContext, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  const { res } = ctx;
  if (ctx.method === 'HEAD') {
    res.end();
    return abandon(chunks);
  }
  for await (const chunk of chunks) {
    // Leaving the loop calls the iterator's return.
    if (res.destroyed) return;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    ctx.state.exchange.bytesOut += bytes.length;
    if (!res.write(bytes)) await drained(res);
    // A store in this process and a client that reads as fast as we write settle all of it without a
    // turn of the event loop: a list of 100,000 records let nobody else in for 0.7 s.
    await nextTurn();
  }
  res.end();
}

/** A long text is gone through once, to become bytes; a short one goes out with the head, in one write. */
function inOneStretch(body: string | Uint8Array): string | Uint8Array {
  return typeof body === 'string' && body.length > LONG_TEXT ? Buffer.from(body) : body;
}

function isStream(body: Body): body is AsyncIterable<string | Uint8Array> {
  return typeof body !== 'string' && !(body instanceof Uint8Array);
}

/** Its source may have begun before anybody read from it, and holds a cursor until it is told. */
async function abandon(body: Body): Promise<void> {
  if (isStream(body)) await body[Symbol.asyncIterator]().return?.();
}

/** A client that takes nothing ends in the server's socket time-out, which closes the response. */
function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      res.off('drain', done).off('close', done);
      resolve();
    };
    res.on('drain', done).on('close', done);
    if (res.destroyed) done();
  });
}

function hasUnreadBody(req: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': transfer } = req.headers;
  return !req.complete && (transfer !== undefined || (length !== undefined && length !== '0'));
}

function discard(req: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = LINGER.bytes;
    const done = () => {
      clearTimeout(timer);
      req.off('data', onData).off('end', done).off('close', done).pause();
      resolve();
    };
    const onData = (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) done();
    };
    const timer = setTimeout(done, LINGER.ms);
    req.on('data', onData).on('end', done).on('close', done);
    req.resume();
  });
}
