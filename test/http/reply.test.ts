import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { reply } from '../../src/http/reply.ts';
import { holdsEventually } from '../support/holds-eventually.ts';
import { gate, roomWith, startGateway } from './gateway-under-test.ts';
import { RawConnection, send, speak } from './raw-client.ts';

const CHUNK = 'x'.repeat(64 * 1024);

function startWith(
  body: () => string | Buffer | AsyncIterable<string | Uint8Array>,
  headers: Record<string, string> = {},
) {
  const room = roomWith((router) => {
    router.all('/answer', (ctx) =>
      reply(ctx, { status: 200, contentType: 'text/xml', body: body(), headers }),
    );
  });
  return startGateway({ rooms: [room] });
}

async function* chunks(...texts: string[]) {
  yield* texts;
}

describe('a whole answer', () => {
  test.each([
    ['text', 'grüezi', '7'],
    ['bytes', Buffer.from('grüezi'), '7'],
    ['nothing', '', '0'],
  ])('of %s has its length in bytes', async (_, body, length) => {
    const { port } = await startWith(() => body);
    const answer = await send(port, '/room/answer');
    expect(answer).toMatchObject({ status: 200, body: String(body) });
    expect(answer.headers).toMatchObject({ 'content-length': length, 'content-type': 'text/xml' });
  });

  test('to HEAD has the length and no body', async () => {
    const { port } = await startWith(() => 'grüezi');
    const answer = await speak(port, 'HEAD /room/answer HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toContain('Content-Length: 7\r\n');
    expect(answer.endsWith('\r\n\r\n')).toBe(true);
  });

  test('is not to be sniffed or stored, and does not say what serves it', async () => {
    const { port } = await startWith(() => 'text');
    const { headers } = await send(port, '/room/answer');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('may have headers of its own', async () => {
    const { port } = await startWith(() => 'text', { 'Cache-Control': 'max-age=60', 'X-More': 'yes' });
    expect((await send(port, '/room/answer')).headers).toMatchObject({
      'cache-control': 'max-age=60',
      'x-more': 'yes',
    });
  });

  test('may have no body and no type', async () => {
    const room = roomWith((router) => {
      router.post('/answer', (ctx) => reply(ctx, { status: 202, headers: { Location: '/room/jobs/1' } }));
    });
    const { port } = await startGateway({ rooms: [room] });
    const answer = await send(port, '/room/answer', { method: 'POST', body: 'x' });
    expect(answer).toMatchObject({ status: 202, body: '' });
    expect(answer.headers).toMatchObject({ location: '/room/jobs/1', 'content-length': '0' });
    expect(answer.headers).not.toHaveProperty('content-type');
  });

  test('names all that it varies by', async () => {
    const room = roomWith((router) => {
      router.get('/answer', (ctx) => {
        ctx.state.exchange.headers = { Vary: 'Origin' };
        return reply(ctx, { status: 200, contentType: 'text/plain', body: '', headers: { Vary: 'Accept' } });
      });
    });
    const { port } = await startGateway({ rooms: [room] });
    expect((await send(port, '/room/answer')).headers.vary).toBe('Origin, Accept');
  });

  test('goes out on a connection that stays open', async () => {
    const { port } = await startWith(() => 'text');
    const connection = new RawConnection(port).write('GET /room/answer HTTP/1.1\r\nHost: x\r\n\r\n');
    await connection.until('text');
    connection.received = '';
    connection.write('GET /room/answer HTTP/1.1\r\nHost: x\r\n\r\n');
    await connection.until('text');
  });

  test('before the request body has come closes the connection after it', async () => {
    const { port } = await startWith(() => 'early');
    const connection = new RawConnection(port);
    connection.write('POST /room/answer HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345');
    await connection.until('early');
    expect(connection.received).toContain('Connection: close');
    connection.write('67890');
    expect(await connection.ended).toBe('end');
  });
});

describe.each([204, 304])('an answer of status %i', (status) => {
  function startBodiless(body: string | AsyncIterable<string>) {
    const headers = { ETag: '"1"', 'Cache-Control': 'private, no-cache' };
    const room = roomWith((router) => {
      router.all('/answer', (ctx) => reply(ctx, { status, contentType: 'text/plain', body, headers }));
    });
    return startGateway({ rooms: [room] });
  }

  test('has neither body, nor type, nor length, and keeps its headers', async () => {
    const { port } = await startBodiless('text');
    const connection = new RawConnection(port).write('GET /room/answer HTTP/1.1\r\nHost: x\r\n\r\n');
    await connection.until('\r\n\r\n');
    expect(connection.received).toContain('Cache-Control: private, no-cache\r\n');
    expect(connection.received).toContain('ETag: "1"\r\n');
    expect(connection.received).not.toMatch(/^(content|transfer)-/im);
    // The next answer on the connection begins where this one ended.
    connection.received = '';
    connection.write('GET /room/nowhere HTTP/1.1\r\nHost: x\r\n\r\n');
    await connection.until('room says 404');
    expect(connection.received).toMatch(/^HTTP\/1\.1 404 /);
  });

  test('tells a stream that it is not read', async () => {
    const left = vi.fn();
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false as const, value: 'text' }),
        return: async () => {
          left();
          return { done: true as const, value: undefined };
        },
      }),
    };
    const { port } = await startBodiless(source);
    expect(await send(port, '/room/answer')).toMatchObject({ status, body: '' });
    expect(left).toHaveBeenCalledOnce();
  });

  test('comes to a client that has not sent its body yet', async () => {
    const { port } = await startBodiless('text');
    const connection = new RawConnection(port);
    connection.write('POST /room/answer HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345');
    await connection.until('\r\n\r\n');
    connection.write('67890');
    expect(await connection.ended).toBe('end');
    expect(connection.received).not.toContain('text');
  });
});

describe('a streamed answer', () => {
  test('may be of bytes', async () => {
    async function* bytes() {
      yield new Uint8Array([0x67, 0x72, 0xc3]);
      yield Buffer.from([0xbc]);
      yield 'ezi';
    }
    const { port } = await startWith(bytes);
    expect(await send(port, '/room/answer')).toMatchObject({ status: 200, body: 'grüezi' });
  });

  test('is chunked for HTTP/1.1', async () => {
    const { port } = await startWith(() => chunks('grü', 'ezi'));
    const answer = await send(port, '/room/answer');
    expect(answer.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
    expect(answer.body).toBe('grüezi');
  });

  test('ends with the connection for HTTP/1.0', async () => {
    const { port } = await startWith(() => chunks('one ', 'two'));
    const answer = await speak(port, 'GET /room/answer HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    expect(answer).not.toMatch(/Transfer-Encoding/i);
    expect(answer.endsWith('\r\n\r\none two')).toBe(true);
  });

  test('to HEAD does not touch its source', async () => {
    let touched = false;
    const { port } = await startWith(async function* () {
      touched = true;
      yield 'text';
    });
    await send(port, '/room/answer', { method: 'HEAD' });
    expect(touched).toBe(false);
  });

  test.each(['to HEAD', 'to a client that has left'])('%s has its source told to stop', async (whom) => {
    const { opened, open } = gate();
    let begun = false;
    let stopped = false;
    const source = {
      [Symbol.asyncIterator]: () => source,
      next: async () => ({ done: false, value: 'text' }) as const,
      return: async () => {
        stopped = true;
        return { done: true, value: undefined } as const;
      },
    };
    const room = roomWith((router) => {
      router.get('/answer', async (ctx) => {
        begun = true;
        await opened;
        await reply(ctx, { status: 200, contentType: 'text/xml', body: source });
      });
    });
    const { port, log } = await startGateway({ rooms: [room] });
    const method = whom === 'to HEAD' ? 'HEAD' : 'GET';
    const connection = new RawConnection(port).write(`${method} /room/answer HTTP/1.1\r\nHost: x\r\n\r\n`);
    await holdsEventually(() => expect(begun).toBe(true));
    if (method === 'GET') {
      connection.socket.resetAndDestroy();
      await holdsEventually(() => expect(log.some((line) => line['msg'] === 'request')).toBe(true));
    }
    open();
    await holdsEventually(() => expect(stopped).toBe(true));
  });

  test('is read no faster than the client takes it, and goes on when it does', async () => {
    let produced = 0;
    const total = 400;
    const { port } = await startWith(async function* () {
      while (produced < total) {
        produced += 1;
        yield CHUNK;
      }
    });
    const connection = new RawConnection(port);
    connection.socket.pause();
    connection.write('GET /room/answer HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await standstill(() => produced);
    expect(produced).toBeGreaterThan(0);
    expect(produced).toBeLessThan(total);
    connection.socket.resume();
    await connection.ended;
    expect(produced).toBe(total);
    expect(connection.received.match(/x{64}/g)?.length).toBe((total * CHUNK.length) / 64);
  });

  test('stops its source when the client goes away', async () => {
    let released = false;
    const { port, log } = await startWith(async function* () {
      try {
        while (true) yield CHUNK;
      } finally {
        released = true;
      }
    });
    const connection = new RawConnection(port).write('GET /room/answer HTTP/1.1\r\nHost: x\r\n\r\n');
    await connection.until('xxx');
    connection.socket.destroy();
    await holdsEventually(() => expect(released).toBe(true));
    await holdsEventually(() =>
      expect(log.find((line) => line['msg'] === 'request')).toMatchObject({
        status: 200,
        outcome: 'aborted',
        level: 40,
      }),
    );
    expect(log.filter((line) => (line['level'] as number) >= 50)).toEqual([]);
  });

  test('stops its source when the client stops reading for too long', async () => {
    let released = false;
    const room = roomWith((router) => {
      router.get('/answer', (ctx) =>
        reply(ctx, {
          status: 200,
          contentType: 'text/plain',
          body: (async function* () {
            try {
              while (true) yield CHUNK;
            } finally {
              released = true;
            }
          })(),
        }),
      );
    });
    const { port } = await startGateway({ rooms: [room], limits: { socketIdleMs: 100 } });
    const connection = new RawConnection(port);
    connection.socket.pause();
    connection.write('GET /room/answer HTTP/1.1\r\nHost: x\r\n\r\n');
    await holdsEventually(() => expect(released).toBe(true));
  });

  test('whose source fails before its first chunk is answered as an error', async () => {
    // biome-ignore lint/correctness/useYield: the point is that nothing comes.
    const { port } = await startWith(async function* () {
      throw new Error('secret');
    });
    const answer = await send(port, '/room/answer');
    expect(answer.status).toBe(500);
    expect(answer.body).toContain('room says 500 INTERNAL');
    expect(answer.body).not.toContain('secret');
  });

  test.each([
    ['1.1', 'Host: x\r\n'],
    ['1.0', ''],
  ])('whose source fails on the way resets an HTTP/%s connection, and is logged', async (version, host) => {
    const { opened, open } = gate();
    const { port, log } = await startWith(async function* () {
      yield '<page>';
      await opened;
      throw new Error('the store went away');
    });
    const connection = new RawConnection(port).write(`GET /room/answer HTTP/${version}\r\n${host}\r\n`);
    await connection.until('<page>');
    open();
    expect(await connection.ended).toBe('ECONNRESET');
    expect(connection.received).not.toContain('\r\n0\r\n');
    await holdsEventually(() =>
      expect(log.find((line) => line['msg'] === 'request')).toMatchObject({
        status: 200,
        outcome: 'server_error',
      }),
    );
    expect(log.find((line) => line['msg'] === 'unexpected error')).toMatchObject({
      err: { message: 'the store went away' },
    });
  });
});

/** Waits until a counter has stopped: the same after a thousand turns of the event loop. */
async function standstill(read: () => number): Promise<void> {
  await holdsEventually(async () => {
    const before = read();
    expect(before).toBeGreaterThan(0);
    for (let turn = 0; turn < 1_000; turn += 1) await setImmediate();
    expect(read()).toBe(before);
  });
}
