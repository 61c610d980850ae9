import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, test } from 'vitest';
import { expectRepelled } from './attack.ts';
import type { HttpRequest } from './attack-cost.ts';
import { fill, LARGE_BYTES } from './fill.ts';
import { BODY_LIMIT, type GatewayUnderAttack } from './gateway-under-attack.ts';
import {
  CALLBACK,
  CLM,
  CLM_RPC,
  PROTRAK,
  PYRAMID,
  STARFISH_JSON,
  STARFISH_XML,
  WEB3_JSON,
  WEB3_XML,
} from './rooms.ts';
import { SIGN_IN } from './sign-in-requests.ts';
import { LARGEST } from './usual-requests.ts';

const ROOMS = [CLM, CLM_RPC, WEB3_XML, WEB3_JSON, STARFISH_XML, STARFISH_JSON, PYRAMID, PROTRAK, CALLBACK];
/** 30 MB of nothing, in 30 KB. */
const BOMB = gzipSync(Buffer.alloc(3 * BODY_LIMIT, ' '), { level: 9 });
const OVERSIZED = Buffer.alloc(BODY_LIMIT + 1, ' ');
const FORM = 'application/x-www-form-urlencoded';
const TOO_LARGE = 'at most 10485760 bytes';

/** More than a room is ready to read, in every way that HTTP has to send it. */
export function bodyAttacks(gateway: () => GatewayUnderAttack): void {
  describe.each(ROOMS.map((room) => [room.name, room] as const))('%s', (_, room) => {
    const refusal = (text: string, status: number) => ({
      statuses: [status],
      // In each room's own form; only the number differs.
      text: new RegExp(room.refusal(text).text.source.replace('"Status":400', `"Status":${status}`), 's'),
    });
    const encoded = (body: Buffer, coding: string): HttpRequest => {
      const { path, headers } = room.send(gateway(), '');
      return { path, headers: { ...headers, 'Content-Encoding': coding }, body };
    };

    // What is inflated is what is paid for, and that is bounded: 5 ms, a twentieth of what the largest request costs.
    // By what it has on the wire, 30 KB, it is 2.9 times a usual request; the densest, 10 KB that just pass the limit, up to 7.
    test('a compression bomb is refused once it has come to the limit', async () => {
      await expectRepelled(gateway(), {
        request: encoded(BOMB, 'gzip'),
        answer: refusal(TOO_LARGE, 413),
        usual: LARGEST,
        usualBytes: BODY_LIMIT,
      });
    });

    test('an oversized body in chunks is refused once it has come to the limit', async () => {
      const { path, headers = {} } = room.send(gateway(), '');
      const request = { path, headers: { ...headers, 'Transfer-Encoding': 'chunked' }, body: OVERSIZED };
      await expectRepelled(gateway(), {
        request,
        answer: refusal(TOO_LARGE, 413),
        usual: LARGEST,
        usualBytes: BODY_LIMIT,
      });
    });

    test.each([
      ['in two layers', gzipSync(BOMB), 'gzip, gzip', 'Content-Encoding', 415],
      ['that is corrupt', Buffer.from(fill(() => 'no gzip ')), 'gzip', 'not valid gzip', 400],
      [
        'that is cut short',
        deflateRawSync(fill((i) => String(i))).subarray(0, 9_000),
        'deflate',
        'cut short',
        400,
      ],
    ])('compression %s is refused', async (_name, body, coding, text, status) => {
      await expectRepelled(gateway(), {
        request: encoded(body, coding),
        answer: refusal(text, status),
        usual: room.usual,
      });
    });

    test.each([
      'Content-Length: 10485761',
      'Content-Length: 99999999999',
      'Content-Length: 10485761\r\nExpect: 100-continue',
    ])('an oversized body is refused unread, by %s', async (length) => {
      const { path, headers = {} } = room.send(gateway(), '');
      const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const raw = `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${fields.join('')}${length}\r\n\r\n`;
      // By its headers alone, so it is to cost no more than a small request does.
      await expectRepelled(gateway(), {
        request: { raw, until: TOO_LARGE },
        answer: refusal(TOO_LARGE, 413),
        usual: room.usual,
      });
    });
  });

  test.each(['/token', '/API3/authentication/authenticateUser'])(
    'a sign-in at %s, which anybody may send, has at most 64 KiB',
    async (path) => {
      await expectRepelled(gateway(), {
        request: { path, headers: { 'Content-Type': FORM }, body: 'a='.padEnd(LARGE_BYTES, 'a') },
        answer: { statuses: [413], text: /at most 65536 bytes/ },
        usual: SIGN_IN,
        usualBytes: 1_024,
      });
    },
  );
}
