import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { harmless, post, statuses, wireGateway } from './wire-gateway.ts';

const gateway = wireGateway();
const BODY = harmless();
const GZIP = gzipSync(BODY);

const coded = (coding: string, body: Buffer) => post(body, { fields: [`Content-Encoding: ${coding}`] });

describe('a compressed body is read', () => {
  test.each([
    ['x-gzip', GZIP],
    ['GZIP', GZIP],
    ['  X-GZip  ', GZIP],
    ['Deflate', deflateSync(BODY)],
    ['DEFLATE', deflateRawSync(BODY)],
    ['Identity', Buffer.from(BODY)],
    ['', Buffer.from(BODY)],
  ])('whose coding is spelt "%s"', async (coding, body) => {
    expect(statuses(await gateway.say(coded(coding, body)))).toEqual([200]);
  });

  test.each([
    [
      'of several members',
      Buffer.concat([gzipSync(BODY.slice(0, 40)), gzipSync(''), gzipSync(BODY.slice(40))]),
    ],
    ['with zeros behind it, as tapes have', Buffer.concat([GZIP, Buffer.alloc(20)])],
    ['that is not compressed at all inside', gzipSync(BODY, { level: 0 })],
  ])('%s', async (_, body) => {
    expect(statuses(await gateway.say(coded('gzip', body)))).toEqual([200]);
  });

  test('byte by byte', async () => {
    const pieces = [...coded('gzip', GZIP)].map((byte) => Buffer.from([byte]));
    expect(statuses(await gateway.say(...pieces))).toEqual([200]);
  });

  test.each([
    ['zlib', deflateSync(BODY)],
    ['bare', deflateRawSync(BODY)],
  ])('whatever stands behind its end, for deflate (%s)', async (_, body) => {
    expect(
      statuses(await gateway.say(coded('deflate', Buffer.concat([body, Buffer.from('behind')])))),
    ).toEqual([200]);
  });
});

describe('a compressed body is refused as one', () => {
  test.each([
    ['whose header is cut short', 'gzip', GZIP.subarray(0, 5)],
    ['whose checksum is cut short', 'gzip', GZIP.subarray(0, -1)],
    ['whose second member is cut short', 'gzip', Buffer.concat([GZIP, GZIP.subarray(0, 12)])],
    ['with garbage behind it', 'gzip', Buffer.concat([GZIP, Buffer.from('garbage')])],
    ['of nothing', 'gzip', Buffer.alloc(0)],
    ['that is plain text', 'gzip', Buffer.from(BODY)],
    ['that is cut short', 'deflate', deflateSync(BODY).subarray(0, 60)],
    ['that is bare and cut short', 'deflate', deflateRawSync(BODY).subarray(0, 60)],
  ])('%s', async (_, coding, body) => {
    const { answers } = await gateway.say(coded(coding, body));
    expect(answers[0]?.statusLine).toBe('HTTP/1.1 400 Bad Request');
    expect(answers[0]?.body.toString()).toContain(
      `<faultstring>the body is not valid ${coding}, or is cut short</faultstring>`,
    );
  });

  test('that does not say so', async () => {
    expect(statuses(await gateway.say(post(GZIP)))).toEqual([400]);
  });
});
