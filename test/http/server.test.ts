import { describe, expect, test } from 'vitest';
import { BodyBudget } from '../../src/http/body-budget.ts';
import { readBody } from '../../src/http/read-body.ts';
import { reply } from '../../src/http/reply.ts';
import { TrustedProxies } from '../../src/http/trusted-proxies.ts';
import { holdsEventually } from '../support/holds-eventually.ts';
import { gate, LIMITS, roomWith, startGateway } from './gateway-under-test.ts';
import { RawConnection, send, speak } from './raw-client.ts';

const GET = get('/healthz');

describe('what never became a request', () => {
  test.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n'],
    [
      'a length and chunks together',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['a length that is no number', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
  ])('by %s is answered 400 in plain text', async (_, text) => {
    const { port } = await startGateway();
    expect(await speak(port, text)).toBe(
      'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 12\r\n\r\nBad Request\n',
    );
  });

  test('by headers too large is answered 431', async () => {
    const { port } = await startGateway({ limits: { headerBytes: 2_048 } });
    const answer = await speak(port, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(60_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
  });

  test('by HTTP/1.1 without Host is answered 400', async () => {
    const { port } = await startGateway();
    const answer = await speak(port, 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*\r\n\r\nthe request has no Host\n$/);
  });

  test('after a good request on the same connection is answered after that, however long it takes', async () => {
    const { opened, open } = gate();
    const room = roomWith((router) => {
      router.get('/stream', (ctx) =>
        reply(ctx, {
          status: 200,
          contentType: 'text/plain',
          body: (async function* () {
            yield 'begun';
            await opened;
            yield 'ended';
          })(),
        }),
      );
      router.get('/held', async (ctx) => {
        await opened;
        await reply(ctx, { status: 200, contentType: 'text/plain', body: 'held' });
      });
    });
    const { port, log } = await startGateway({ rooms: [room] });
    const garbage = 'garbage\r\n\r\n';
    const streaming = new RawConnection(port).write(get('/room/stream'));
    await streaming.until('begun');
    streaming.write(garbage).write(garbage);
    const held = new RawConnection(port).write(get('/room/held') + garbage);
    await holdsEventually(() =>
      expect(log.filter(({ msg }) => msg === 'bad request').length).toBeGreaterThan(1),
    );
    expect(streaming.received + held.received).not.toContain('400');
    open();
    await Promise.all([streaming.ended, held.ended]);
    expect(streaming.received).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*begun[\s\S]*ended\r\n0\r\n\r\nHTTP\/1\.1 400 /,
    );
    expect(held.received).toMatch(/^HTTP\/1\.1 200 [\s\S]*heldHTTP\/1\.1 400 /);
  });

  test('after the last request of a connection does not cut its answer, however slowly it is read', async () => {
    const size = 30_000_000;
    const room = roomWith((router) => {
      router.get('/large', (ctx) =>
        reply(ctx, { status: 200, contentType: 'text/plain', body: Buffer.alloc(size, 'x') }),
      );
    });
    const { port, log } = await startGateway({ rooms: [room] });
    const connection = new RawConnection(port);
    connection.socket.pause();
    connection.write(`GET /room/large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\ngarbage\r\n\r\n`);
    await holdsEventually(() => expect(log.some(({ msg }) => msg === 'bad request')).toBe(true));
    connection.socket.resume();
    await connection.ended;
    expect(connection.received.length - connection.received.indexOf('\r\n\r\n') - 4).toBe(size);
  });

  test('by its chunks is answered 400 after the requests before it', async () => {
    const room = roomWith((router) => {
      router.post('/body', async (ctx) => {
        await readBody(ctx, { wire: 100, inflated: 100, inFlight: new BodyBudget(100) });
        await reply(ctx, { status: 200, contentType: 'text/plain', body: 'never' });
      });
    });
    const { port } = await startGateway({ rooms: [room] });
    const answer = await speak(
      port,
      `${GET}POST /room/body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*ok\nHTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).not.toContain('never');
  });
});

describe('a request that takes too long', () => {
  const limits = { headersTimeoutMs: 100, requestTimeoutMs: 200, timeoutCheckMs: 20 };

  test('over its headers is answered 408', async () => {
    const { port } = await startGateway({ limits });
    expect(await speak(port, 'GET /healthz HTTP/1.1\r\nHost: x\r\n')).toMatch(
      /^HTTP\/1\.1 408 Request Timeout\r\n/,
    );
  });

  test('has less time for its headers where it has less for the whole', async () => {
    const { port } = await startGateway({ limits: { requestTimeoutMs: 100, timeoutCheckMs: 20 } });
    expect(await speak(port, 'GET /healthz HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('over its body is answered 408, and logged as aborted', async () => {
    const room = roomWith((router) => {
      router.post('/body', async (ctx) => {
        await readBody(ctx, { wire: 100, inflated: 100, inFlight: new BodyBudget(100) });
        await reply(ctx, { status: 200, contentType: 'text/plain', body: 'never' });
      });
    });
    const { port, log } = await startGateway({ rooms: [room], limits });
    const answer = await speak(
      port,
      'POST /room/body HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    await holdsEventually(() =>
      expect(log.find((line) => line['msg'] === 'request')).toMatchObject({ outcome: 'aborted' }),
    );
  });
});

describe('connections', () => {
  test('are kept between requests, for a while', async () => {
    const { port } = await startGateway({ limits: { keepAliveMs: 50 } });
    const connection = new RawConnection(port).write(GET + GET);
    expect(await connection.ended).toBe('end');
    expect(connection.received.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  });

  test('whose client closes its side once it has asked are answered, and closed then', async () => {
    const { opened, open } = gate();
    const room = roomWith((router) => {
      router.get('/later', async (ctx) => {
        await opened;
        await reply(ctx, { status: 200, contentType: 'text/plain', body: 'later' });
      });
    });
    const { port } = await startGateway({ rooms: [room] });
    const connection = new RawConnection(port).write(GET + get('/room/later') + get('/room/later'));
    connection.socket.end();
    await connection.until('ok');
    open();
    expect(await connection.ended).toBe('end');
    expect(connection.received.match(/\r\n\r\nlater/g)).toHaveLength(2);
  });

  test('are closed for HTTP/1.0', async () => {
    const { port } = await startGateway();
    expect(await speak(port, 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*ok\n$/);
  });

  test('beyond the limit are refused, and counted in the log, a line a second', async () => {
    const { port, log } = await startGateway({ limits: { connections: 1 } });
    const first = new RawConnection(port).write(GET);
    await first.until('ok');
    const refused = Array.from({ length: 20 }, () => new RawConnection(port).write(GET));
    for (const connection of refused) {
      expect(await connection.ended).toMatch(/end|ECONNRESET|EPIPE/);
      expect(connection.received).toBe('');
    }
    const lines = () => log.filter(({ msg }) => msg === 'connections refused: too many');
    const sum = () => lines().reduce((total, { dropped }) => total + Number(dropped), 0);
    await holdsEventually(() => expect(sum()).toBe(20));
    expect(lines()[0]).toMatchObject({ level: 40, limit: 1 });
    // One, where the machine has time for all within a second.
    expect(lines().length).toBeLessThan(5);
  });

  test('hold at most a hundred requests without an answer; one more ends its connection', async () => {
    const { opened, open } = gate();
    let begun = 0;
    const room = roomWith((router) => {
      router.get('/held', async (ctx) => {
        begun += 1;
        await opened;
        await reply(ctx, { status: 200, contentType: 'text/plain', body: 'held' });
      });
    });
    const { port } = await startGateway({ rooms: [room] });
    const held = get('/room/held');
    const patient = new RawConnection(port).write(held.repeat(100));
    await holdsEventually(() => expect(begun).toBe(100));
    const greedy = new RawConnection(port).write(held.repeat(1_000));
    expect(await greedy.ended).toMatch(/end|ECONNRESET|EPIPE/);
    expect([begun, greedy.received]).toEqual([200, '']);
    open();
    await holdsEventually(() => expect(patient.received.match(/\r\n\r\nheld/g)).toHaveLength(100));
  });
});

describe('listening', () => {
  test('on an address in use fails with its name', async () => {
    const { port } = await startGateway();
    const { createHttpServer } = await import('../../src/http/server.ts');
    const { Readiness } = await import('../../src/http/readiness.ts');
    const { pino } = await import('pino');
    const second = createHttpServer({
      host: '127.0.0.1',
      port,
      limits: LIMITS,
      trustedProxies: new TrustedProxies([]),
      listener: () => {},
      readiness: new Readiness(async () => {}, Date.now),
      log: pino({ level: 'silent' }),
    });
    await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('a graceful stop', () => {
  function slowRoom(opened: Promise<void>, open = () => {}) {
    return roomWith((router) => {
      router.get('/open', async (ctx) => {
        open();
        await reply(ctx, { status: 200, contentType: 'text/plain', body: 'opened' });
      });
      router.get('/slow', async (ctx) => {
        await opened;
        await reply(ctx, { status: 200, contentType: 'text/plain', body: 'done' });
      });
      router.get('/stream', (ctx) =>
        reply(ctx, {
          status: 200,
          contentType: 'text/plain',
          body: (async function* () {
            yield 'begun';
            await opened;
            yield 'ended';
          })(),
        }),
      );
    });
  }

  /** A request that the server has and has not answered. */
  async function waiting(port: number, path: string, log: readonly unknown[]): Promise<RawConnection> {
    const connection = new RawConnection(port).write(
      `GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    await connection.until('ok\n');
    await holdsEventually(() => expect(log.length).toBeGreaterThan(0));
    return connection;
  }

  test('answers what is under way as its connection’s last, and then is over', async () => {
    const { opened, open } = gate();
    const { port, server, log } = await startGateway({ rooms: [slowRoom(opened)] });
    const connection = await waiting(port, '/room/slow', log);
    const closed = server.close(60_000);
    open();
    await closed;
    expect(await connection.ended).toBe('end');
    expect(connection.received).toMatch(/Connection: close\r\n[\s\S]*done$/);
  });

  test('lets a stream that had begun come to its end, and closes its connection then', async () => {
    const { opened, open } = gate();
    const { port, server } = await startGateway({ rooms: [slowRoom(opened)] });
    const connection = new RawConnection(port).write('GET /room/stream HTTP/1.1\r\nHost: x\r\n\r\n');
    await connection.until('begun');
    const closed = server.close(60_000);
    open();
    await closed;
    await connection.ended;
    expect(connection.received).toMatch(/ended\r\n0\r\n\r\n$/);
  });

  test('closes idle connections, and those that never said a word, at once', async () => {
    const { port, server } = await startGateway();
    const silent = new RawConnection(port);
    const idle = new RawConnection(port).write(GET);
    await idle.until('ok\n');
    await server.close(60_000);
    await Promise.all([silent.ended, idle.ended]);
  });

  test('takes no new connections', async () => {
    const { port, server } = await startGateway();
    await server.close(0);
    await expect(send(port, '/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('cuts what is left when the grace is over', async () => {
    const { port, server, log } = await startGateway({ rooms: [slowRoom(new Promise(() => {}))] });
    const connection = await waiting(port, '/room/slow', log);
    await server.close(20);
    expect(await connection.ended).toMatch(/end|ECONNRESET/);
    expect(connection.received).not.toContain('done');
  });

  test('is seen by /readyz on a connection that is still open', async () => {
    const { opened, open } = gate();
    const { port, server } = await startGateway({ rooms: [slowRoom(opened, open)] });
    const connection = new RawConnection(port).write(get('/room/stream'));
    await connection.until('begun');
    const closed = server.close(60_000);
    connection.write(get('/room/open') + get('/readyz'));
    await closed;
    await connection.ended;
    expect(connection.received).toMatch(/ended[\s\S]*opened/);
  });

  test('does not cut an answer that a slow client is still receiving', async () => {
    const size = 30_000_000;
    const large = roomWith((router) => {
      router.get('/large', (ctx) =>
        reply(ctx, { status: 200, contentType: 'text/plain', body: Buffer.alloc(size, 'x') }),
      );
    });
    const { port, server } = await startGateway({ rooms: [large] });
    const connection = new RawConnection(port).write(get('/room/large'));
    await connection.until('\r\n\r\n');
    connection.socket.pause();
    const closed = server.close(60_000);
    connection.socket.resume();
    await closed;
    await connection.ended;
    expect(connection.received.split('\r\n\r\n')[1]).toHaveLength(size);
  });
});

function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
}
