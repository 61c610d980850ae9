import { describe, expect, test } from 'vitest';
import { reply } from '../../src/http/reply.ts';
import { TrustedProxies } from '../../src/http/trusted-proxies.ts';
import { roomWith, startGateway } from './gateway-under-test.ts';
import { send } from './raw-client.ts';

const room = roomWith((router) => {
  router.get('/who', (ctx) =>
    reply(ctx, { status: 200, contentType: 'text/plain', body: ctx.state.exchange.clientAddress }),
  );
});

async function whoAmI(trustedProxies: readonly string[], forwardedFor?: string | string[]) {
  const { port } = await startGateway({ rooms: [room], trustedProxies });
  const headers = forwardedFor === undefined ? {} : { 'X-Forwarded-For': forwardedFor };
  return (await send(port, '/room/who', { headers })).body;
}

describe('the client address', () => {
  test('is the peer, whatever it says, while the peer is not trusted', async () => {
    expect(await whoAmI([], '203.0.113.9')).toBe('127.0.0.1');
    expect(await whoAmI(['10.0.0.0/8'], '203.0.113.9')).toBe('127.0.0.1');
  });

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['198.51.100.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
    ['10.1.2.3, 10.1.2.4', '10.1.2.3'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:DB8:0::1]:4711', '2001:db8::1'],
    ['203.0.113.9:4711', '203.0.113.9'],
  ])('behind trusted proxies, X-Forwarded-For: %s, is %s', async (header, client) => {
    expect(await whoAmI(['127.0.0.1', '10.0.0.0/8'], header)).toBe(client);
  });

  test.each(['', 'unknown', 'localhost', '10', '0x7f.1', '203.0.113.9 203.0.113.8', '_hidden', '1.2.3.4.5'])(
    'stays the last hop known where the next entry is "%s"',
    async (entry) => {
      expect(await whoAmI(['127.0.0.1', '10.0.0.0/8'], `${entry}, 10.1.2.3`)).toBe('10.1.2.3');
    },
  );

  test('is found over several header lines', async () => {
    expect(await whoAmI(['127.0.0.1'], ['198.51.100.1', '203.0.113.9'])).toBe('203.0.113.9');
  });

  test('of an IPv4 client of a dual-stack socket is in its IPv4 form', async () => {
    const { port } = await startGateway({ rooms: [room], host: '::' });
    expect((await send(port, '/room/who')).body).toBe('127.0.0.1');
  });
});

describe('trusted proxies', () => {
  test.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1', '10.0.0.2', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8:1::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['::1', '0:0:0:0:0:0:0:1', true],
    ['10.0.0.0/8', '::ffff:10.0.0.1', true],
    ['::ffff:10.0.0.0/104', '10.0.0.1', true],
    ['::ffff:10.0.0.0/104', '11.0.0.1', false],
    [' 10.0.0.1 ', '10.0.0.1', true],
    ['10.0.0.1', 'unknown', false],
  ])('%s cover %s: %s', (range, address, expected) => {
    expect(new TrustedProxies([range]).includes(address)).toBe(expected);
  });

  test.each([
    '',
    '10',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '10.0.0.0/-1',
    'proxy',
    '::ffff:1.2.3.4/95',
  ])('cannot be "%s"', (range) => {
    expect(() => new TrustedProxies([range])).toThrow(`"${range}" is neither an IP address nor a network`);
  });
});
