import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { reply } from '../../src/http/reply.ts';
import { streamBody } from '../../src/http/stream-body.ts';
import { holdsEventually } from '../support/holds-eventually.ts';
import { gate, roomWith, startGateway } from './gateway-under-test.ts';
import { RawConnection, send, speak } from './raw-client.ts';

const LIMITS = { wire: 1_000, inflated: 5_000 };
const PATH = '/room/upload';
const TEXT = 'what the client said, twice: what the client said';
const MEGABYTE = 0x100000;

/** A room that takes an upload and says what came; `eachChunk` is waited for. */
function startUpload(limits = LIMITS, eachChunk: (chunk: Buffer) => Promise<void> = async () => {}) {
  const room = roomWith((router) => {
    router.put('/upload', async (ctx) => {
      const chunks: Buffer[] = [];
      for await (const chunk of streamBody(ctx, limits)) {
        chunks.push(chunk);
        await eachChunk(chunk);
      }
      const body = Buffer.concat(chunks);
      const answer = `${body.length}:${body.subarray(0, 100)}`;
      await reply(ctx, { status: 200, contentType: 'text/plain', body: answer });
    });
  });
  return startGateway({ rooms: [room] });
}

async function put(body: Buffer | string, headers: Record<string, string> = {}, limits = LIMITS) {
  const { port } = await startUpload(limits);
  return send(port, PATH, { method: 'PUT', body, headers });
}

const head = (more: string) => `PUT ${PATH} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;

describe('an upload', () => {
  test.each([
    ['with its length', {}],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }],
  ])('arrives as it was sent, %s', async (_, headers) => {
    expect(await put(TEXT, headers)).toMatchObject({ status: 200, body: `${TEXT.length}:${TEXT}` });
  });

  test('may be empty', async () => {
    expect(await put('')).toMatchObject({ status: 200, body: '0:' });
  });

  test.each([
    ['gzip', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
  ])('is inflated from %s, also byte by byte', async (coding, bytes) => {
    const inflated = `${TEXT.length}:${TEXT}`;
    expect(await put(bytes, { 'Content-Encoding': coding })).toMatchObject({ status: 200, body: inflated });
    const { port } = await startUpload();
    const connection = new RawConnection(port);
    connection.socket.setNoDelay();
    connection.write(head(`Content-Encoding: ${coding}\r\nContent-Length: ${bytes.length}\r\n`));
    for (const byte of bytes) {
      await new Promise((sent) => connection.socket.write(Buffer.from([byte]), sent));
    }
    await connection.until(inflated);
  });

  test.each([
    ['gzip', Buffer.from('this is no gzip')],
    ['gzip', gzipSync(TEXT).subarray(0, -6)],
    ['gzip', Buffer.alloc(0)],
    ['deflate', deflateSync(TEXT).subarray(0, -6)],
  ])('that is corrupt in %s is refused with 400', async (coding, bytes) => {
    expect(await put(bytes, { 'Content-Encoding': coding })).toMatchObject({
      status: 400,
      body: `room says 400 BODY_CORRUPT: the body is not valid ${coding}, or is cut short`,
    });
  });

  test('in a coding that we do not read is refused with 415', async () => {
    expect(await put(TEXT, { 'Content-Encoding': 'br' })).toMatchObject({ status: 415 });
  });

  test('is taken no faster than it is read', async () => {
    const { opened, open } = gate();
    let read = 0;
    const { port } = await startUpload({ ...LIMITS, wire: 100 * MEGABYTE }, async (chunk) => {
      read += chunk.length;
      await opened;
    });
    const connection = new RawConnection(port).write(head(`Content-Length: ${100 * MEGABYTE}\r\n`));
    const sent = new Promise((done) => connection.socket.write(Buffer.alloc(100 * MEGABYTE, 'x'), done));
    await holdsEventually(() => expect(read).toBeGreaterThan(0));
    // What the server's side of the connection and the sockets between have taken in.
    let taken = -1;
    await holdsEventually(() => {
      const before = taken;
      taken = connection.socket.bytesWritten - connection.socket.writableLength;
      expect(taken).toBe(before);
    });
    expect(read).toBeLessThan(MEGABYTE);
    open();
    await sent;
    await connection.until(`${100 * MEGABYTE}:xxx`);
  });
});

describe('an upload that is too large', () => {
  test('is refused by its length, before a byte of it is read', async () => {
    const { port } = await startUpload();
    const answer = await speak(port, head('Expect: 100-continue\r\nContent-Length: 1001\r\n'));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('is refused when it turns out to be, and the client still reads the answer', async () => {
    const refused = 'room says 413 BODY_TOO_LARGE: the body may have at most 1000 bytes on the wire';
    expect(await put('x'.repeat(1_001), { 'Transfer-Encoding': 'chunked' })).toMatchObject({ body: refused });
    const { port } = await startUpload();
    const connection = new RawConnection(port).write(head('Transfer-Encoding: chunked\r\n'));
    connection.write(`200000\r\n${'x'.repeat(0x200000)}\r\n`);
    await connection.until(refused);
    connection.write('0\r\n\r\n');
    expect(await connection.ended).toBe('end');
  });

  test('of exactly the limit is taken', async () => {
    expect(await put('x'.repeat(1_000))).toMatchObject({ status: 200 });
  });

  test('counts as inflated, and a bomb stops at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const before = process.memoryUsage().arrayBuffers;
    const limits = { wire: 1_000_000, inflated: 5_000 };
    const answer = await put(bomb, { 'Content-Encoding': 'gzip' }, limits);
    expect(answer.body).toBe('room says 413 BODY_TOO_LARGE: the body may have at most 5000 bytes inflated');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
    const exact = gzipSync(Buffer.alloc(5_000));
    expect(await put(exact, { 'Content-Encoding': 'gzip' }, limits)).toMatchObject({ status: 200 });
  });
});

describe('Expect: 100-continue', () => {
  test('is heeded', async () => {
    const { port } = await startUpload();
    const connection = new RawConnection(port);
    connection.write(head('Expect: 100-continue\r\nContent-Length: 5\r\n'));
    await connection.until('HTTP/1.1 100 Continue');
    connection.write('hello');
    await connection.until('5:hello');
  });
});

describe('a client that leaves in mid-upload', () => {
  test.each([
    ['plain', '', Buffer.from('12345')],
    ['gzip', 'Content-Encoding: gzip\r\n', gzipSync(TEXT).subarray(0, 20)],
  ])('is told nothing, and the upload fails: %s', async (_, coding, part) => {
    const { port, log } = await startUpload();
    const connection = new RawConnection(port);
    connection.write(head(`${coding}Expect: 100-continue\r\nContent-Length: 1000\r\n`));
    await connection.until('100 Continue');
    await new Promise((sent) => connection.socket.write(part, sent));
    connection.socket.destroy();
    await holdsEventually(() =>
      expect(log.find((line) => line['msg'] === 'request')).toMatchObject({ outcome: 'aborted' }),
    );
    expect(log.filter((line) => (line['level'] as number) >= 50)).toEqual([]);
  });
});

describe('a room that stops reading', () => {
  test('may still answer', async () => {
    const room = roomWith((router) => {
      router.put('/upload', async (ctx) => {
        for await (const chunk of streamBody(ctx, { wire: 10 * MEGABYTE, inflated: 10 * MEGABYTE })) {
          if (chunk.length > 0) break;
        }
        await reply(ctx, { status: 409, contentType: 'text/plain', body: 'no more' });
      });
    });
    const { port } = await startGateway({ rooms: [room] });
    const body = Buffer.alloc(8 * MEGABYTE, 'x');
    expect(await send(port, PATH, { method: 'PUT', body })).toMatchObject({ status: 409, body: 'no more' });
    const answer = await send(port, PATH, {
      method: 'PUT',
      body: gzipSync(body, { level: 0 }),
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(answer).toMatchObject({ status: 409, body: 'no more' });
  });
});
