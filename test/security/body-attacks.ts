import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { RawConnection } from '../http/raw-client.ts';
import { type AttackRequest, ask, expectRepelled, type UsualRequest } from './attack.ts';
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

const ROOMS = [CLM, CLM_RPC, WEB3_XML, WEB3_JSON, STARFISH_XML, STARFISH_JSON, PYRAMID, PROTRAK, CALLBACK];
/** 30 MB of nothing. */
const BOMB = gzipSync(Buffer.alloc(3 * BODY_LIMIT, ' '), { level: 9 });
const FORM = 'application/x-www-form-urlencoded';
const TOO_LARGE = 'at most 10485760 bytes';

/** What is inflated is what is paid for: a quarter of the most that may be. */
const LARGE: UsualRequest = { kind: 'large', build: (at) => WEB3_JSON.usual.build(at, BODY_LIMIT / 4) };

/** More than a room is ready to read, in every way that HTTP has to send it. */
export function bodyAttacks(gateway: () => GatewayUnderAttack): void {
  describe.each(ROOMS.map((room) => [room.name, room] as const))('%s', (_, room) => {
    const refusal = (text: string, status: number) => ({
      statuses: [status],
      // In each room's own form; only the number differs.
      text: new RegExp(room.refusal(text).text.source.replace('"Status":400', `"Status":${status}`), 's'),
    });
    const encoded = (body: Buffer, coding: string): AttackRequest => {
      const { path, headers } = room.send(gateway(), '');
      return { path, headers: { ...headers, 'Content-Encoding': coding }, body };
    };

    test('a compression bomb is refused once it has come to the limit', async () => {
      await expectRepelled(gateway(), {
        request: encoded(BOMB, 'gzip'),
        answer: refusal(TOO_LARGE, 413),
        usual: LARGE,
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
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${fields.join('')}${length}\r\n\r\n`;
      const connection = new RawConnection(gateway().port).write(head);
      await connection.until(TOO_LARGE);
      expect(connection.received).toMatch(/^HTTP\/1.1 413 /);
      expect(connection.received.split('\r\n\r\n')[1]).toMatch(refusal(TOO_LARGE, 413).text);
      await gateway().bystander.isServed();
    });
  });

  test('a sign-in, which anybody may send, has at most 64 KiB', async () => {
    for (const path of ['/token', '/API3/authentication/authenticateUser']) {
      const answer = await ask(gateway(), {
        path,
        headers: { 'Content-Type': FORM },
        body: 'a='.padEnd(LARGE_BYTES, 'a'),
      });
      expect([path, answer.status]).toEqual([path, 413]);
    }
    await gateway().bystander.isServed();
  });
}
