import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BodyBudget } from '../../src/http/body-budget.ts';
import { readBody } from '../../src/http/read-body.ts';
import { reply } from '../../src/http/reply.ts';
import { holdsEventually } from '../support/holds-eventually.ts';
import { roomWith, startGateway } from './gateway-under-test.ts';
import { RawConnection, send, speak } from './raw-client.ts';

const LIMITS = { wire: 1_000, inflated: 5_000, inFlight: new BodyBudget(100_000_000) };
const PATH = '/room/echo';
const TEXT = 'what the client said, twice: what the client said';

function startEcho(limits = LIMITS) {
  const echo = roomWith((router) => {
    router.post('/echo', async (ctx) => {
      const body = await readBody(ctx, limits);
      await reply(ctx, {
        status: 200,
        contentType: 'text/plain',
        body: `${body.length}:${body.subarray(0, 100)}`,
      });
    });
  });
  return startGateway({ rooms: [echo] });
}

async function post(body: Buffer | string, headers: Record<string, string | string[]> = {}) {
  const { port } = await startEcho();
  return send(port, PATH, { method: 'POST', body, headers });
}

describe('a body', () => {
  test('arrives as it was sent', async () => {
    expect(await post(TEXT)).toMatchObject({ status: 200, body: `${TEXT.length}:${TEXT}` });
  });

  test('may be empty', async () => {
    expect(await post('')).toMatchObject({ status: 200, body: '0:' });
  });

  test('may come in chunks', async () => {
    expect(await post(TEXT, { 'Transfer-Encoding': 'chunked' })).toMatchObject({
      body: `${TEXT.length}:${TEXT}`,
    });
  });

  test('may come byte by byte', async () => {
    const { port } = await startEcho();
    const text = [...'0123456789'].join(TEXT);
    const chunks = [...text].map((byte) => `1\r\n${byte}\r\n`).join('');
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expect(await speak(port, `${head}${chunks}0\r\n\r\n`)).toContain(`${text.length}:${text.slice(0, 100)}`);
  });

  test.each([
    ['identity', Buffer.from(TEXT)],
    ['Identity', Buffer.from(TEXT)],
    ['gzip', gzipSync(TEXT)],
    ['GZip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['deflate', deflateSync(TEXT, { level: 1 })],
  ])('is inflated from %s', async (coding, bytes) => {
    expect(await post(bytes, { 'Content-Encoding': coding })).toMatchObject({
      status: 200,
      body: `${TEXT.length}:${TEXT}`,
    });
  });

  test.each(['br', 'gzip, gzip', 'gzip,identity', 'compress', 'constructor'])(
    'in the coding "%s" is refused with 415 and what would be taken',
    async (coding) => {
      const answer = await post(gzipSync(TEXT), { 'Content-Encoding': coding });
      expect(answer.status).toBe(415);
      expect(answer.headers['accept-encoding']).toBe('gzip, deflate, identity');
      expect(answer.body).toContain('room says 415 CONTENT_ENCODING_UNSUPPORTED');
    },
  );

  test('with two Content-Encoding headers is refused', async () => {
    expect((await post(gzipSync(TEXT), { 'Content-Encoding': ['gzip', 'gzip'] })).status).toBe(415);
  });

  test('in a transfer coding other than chunked is refused with 501', async () => {
    const { port } = await startEcho();
    const answer = await speak(
      port,
      `POST ${PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 501 /);
  });
});

describe('a corrupt body', () => {
  test.each([
    ['gzip', Buffer.from('this is no gzip')],
    ['gzip', gzipSync(TEXT).subarray(0, -6)],
    ['gzip', Buffer.alloc(0)],
    ['deflate', deflateSync(TEXT).subarray(0, -6)],
    ['deflate', deflateRawSync(TEXT).subarray(0, -3)],
    ['deflate', Buffer.from('this is no deflate')],
  ])('in %s is refused with 400 and nothing of zlib', async (coding, bytes) => {
    const answer = await post(bytes, { 'Content-Encoding': coding });
    expect(answer).toMatchObject({
      status: 400,
      body: `room says 400 BODY_CORRUPT: the body is not valid ${coding}, or is cut short`,
    });
  });

  test('with a wrong checksum is refused with 400', async () => {
    const bytes = gzipSync(TEXT);
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] as number) ^ 0xff;
    expect((await post(bytes, { 'Content-Encoding': 'gzip' })).status).toBe(400);
  });
});

describe('a body too large', () => {
  const OVER = 'x'.repeat(LIMITS.wire + 1);

  test('is one byte over the limit, not one under', async () => {
    expect((await post('x'.repeat(LIMITS.wire))).status).toBe(200);
    expect((await post(OVER)).status).toBe(413);
  });

  test('is refused by its Content-Length before any of it has come', async () => {
    const { port } = await startEcho();
    const connection = new RawConnection(port);
    connection.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: ${LIMITS.wire + 1}\r\n\r\n`);
    await connection.until('room says 413 BODY_TOO_LARGE: the body may have at most 1000 bytes on the wire');
    expect(connection.received).toMatch(/^HTTP\/1\.1 413 /);
    expect(connection.received).toContain('Connection: close');
  });

  test('is refused by its count when it comes in chunks', async () => {
    const answer = await post(OVER, { 'Transfer-Encoding': 'chunked' });
    expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' } });
  });

  test('is answered even to a client that sends all of it before it reads', async () => {
    const { port } = await startEcho();
    const connection = new RawConnection(port);
    connection.socket.pause();
    connection.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: ${8_000_000}\r\n\r\n`);
    await new Promise((sent) => connection.socket.write('x'.repeat(8_000_000), sent));
    connection.socket.resume();
    expect(await connection.ended).toBe('end');
    expect(connection.received).toContain('room says 413');
  });

  test('is closed on when it never ends', async () => {
    const { port } = await startEcho();
    const connection = new RawConnection(port);
    connection.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const megabyte = Buffer.concat([
      Buffer.from('100000\r\n'),
      Buffer.alloc(0x100000, 'x'),
      Buffer.from('\r\n'),
    ]);
    let sent = 0;
    const pump = (error?: Error | null) => {
      if (error || sent === 200) return;
      sent += 1;
      connection.socket.write(megabyte, pump);
    };
    pump();
    await connection.until('room says 413');
    await connection.ended;
    expect(sent).toBeLessThan(200);
  });

  test('counts as inflated too, and a bomb stops at the limit', async () => {
    const { port, log } = await startEcho({ ...LIMITS, wire: 1_000_000 });
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    const before = process.memoryUsage().arrayBuffers;
    const answer = await send(port, PATH, {
      method: 'POST',
      body: bomb,
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
    expect(answer.body).toBe('room says 413 BODY_TOO_LARGE: the body may have at most 5000 bytes inflated');
    await holdsEventually(() =>
      expect(log.find((line) => line['msg'] === 'request')).toMatchObject({ bytesIn: bomb.length }),
    );
  });

  test('of exactly the inflated limit is taken', async () => {
    const bytes = gzipSync(Buffer.alloc(LIMITS.inflated, 'x'));
    expect(await post(bytes, { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 200 });
    const over = gzipSync(Buffer.alloc(LIMITS.inflated + 1, 'x'));
    expect(await post(over, { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 413 });
  });
});

describe('Expect: 100-continue', () => {
  const head = (length: number, more = '') =>
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n${more}\r\n`;

  test('is answered with 100 once the headers are found acceptable', async () => {
    const { port } = await startEcho();
    const connection = new RawConnection(port).write(head(5));
    await connection.until('HTTP/1.1 100 Continue');
    connection.write('hello');
    await connection.until('5:hello');
  });

  test.each([
    ['a body too large', head(2_000), 413],
    ['an unknown coding', head(5, 'Content-Encoding: br\r\n'), 415],
  ])('is answered straight away without 100 for %s', async (_, text, status) => {
    const { port } = await startEcho();
    const answer = await speak(port, text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).not.toContain('100 Continue');
  });

  test('of a route that reads no body is answered without 100', async () => {
    const { port } = await startEcho();
    const answer = await speak(port, head(5).replace(PATH, '/room/nowhere'));
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  });

  test('of anything else is refused with 417', async () => {
    const { port } = await startEcho();
    const answer = await speak(port, head(0, 'Connection: close\r\n').replace('100-continue', 'a miracle'));
    expect(answer).toMatch(/^HTTP\/1\.1 417 /);
  });
});

describe('a client that leaves in mid-body', () => {
  test('is logged as aborted, and nothing is logged as an error', async () => {
    const { port, log } = await startEcho();
    const connection = new RawConnection(port);
    connection.write(
      `POST ${PATH} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n`,
    );
    await connection.until('100 Continue');
    connection.write('12345');
    connection.socket.destroy();
    await holdsEventually(() =>
      expect(log.find((line) => line['msg'] === 'request')).toMatchObject({
        outcome: 'aborted',
        operation: 'other',
      }),
    );
    expect(log.filter((line) => (line['level'] as number) >= 50)).toEqual([]);
  });
});
