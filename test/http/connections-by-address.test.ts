import { describe, expect, test } from 'vitest';
import { networkOf } from '../../src/http/trusted-proxies.ts';
import { holdsEventually } from '../support/holds-eventually.ts';
import { type GatewayUnderTest, startGateway } from './gateway-under-test.ts';
import { RawConnection } from './raw-client.ts';

const GET = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
const CLOSED = /end|ECONNRESET|EPIPE/;

/** A connection that has been served, and is kept. */
async function served({ port }: GatewayUnderTest, localAddress: string, host = '127.0.0.1') {
  const connection = new RawConnection(port, { localAddress, host }).write(GET);
  await connection.until('ok\n');
  return connection;
}

async function isRefused({ port }: GatewayUnderTest, localAddress: string, host = '127.0.0.1') {
  const connection = new RawConnection(port, { localAddress, host }).write(GET);
  return CLOSED.test(await connection.ended) && connection.received === '';
}

describe('connections of one address', () => {
  const limits = { connectionsPerAddress: 2 };

  test('beyond their limit are closed without a word, and those of another address are served', async () => {
    const gateway = await startGateway({ limits });
    for (let held = 0; held < 2; held += 1) await served(gateway, '127.0.0.2');
    expect(await isRefused(gateway, '127.0.0.2')).toBe(true);
    await served(gateway, '127.0.0.3');
  });

  test('that are refused are counted in the log, with the address', async () => {
    const gateway = await startGateway({ limits });
    for (let held = 0; held < 2; held += 1) await served(gateway, '127.0.0.2');
    for (let refused = 0; refused < 5; refused += 1) expect(await isRefused(gateway, '127.0.0.2')).toBe(true);
    const lines = () =>
      gateway.log.filter(({ msg }) => msg === 'connections refused: too many from one address');
    const sum = () => lines().reduce((total, { dropped }) => total + Number(dropped), 0);
    await holdsEventually(() => expect(sum()).toBe(5));
    expect(lines()[0]).toMatchObject({ level: 40, limit: 2, client: '127.0.0.2' });
  });

  test('leave room for the next when they are closed, however they were', async () => {
    const gateway = await startGateway({ limits });
    const [first, second] = [await served(gateway, '127.0.0.2'), await served(gateway, '127.0.0.2')];
    first.socket.end();
    second.socket.destroy();
    for (let again = 0; again < 2; again += 1) await holdsEventually(() => served(gateway, '127.0.0.2'));
    expect(await isRefused(gateway, '127.0.0.2')).toBe(true);
  });

  test('are as many as it likes where it is a trusted proxy', async () => {
    const gateway = await startGateway({ limits, trustedProxies: ['127.0.0.2'] });
    for (let held = 0; held < 5; held += 1) await served(gateway, '127.0.0.2');
  });

  test('count together where a dual-stack socket shows IPv4 as IPv6', async () => {
    const gateway = await startGateway({ limits, host: '::', trustedProxies: ['127.0.0.4'] });
    for (let held = 0; held < 2; held += 1) await served(gateway, '127.0.0.2');
    expect(await isRefused(gateway, '127.0.0.2')).toBe(true);
    await served(gateway, '127.0.0.3');
    for (let held = 0; held < 5; held += 1) await served(gateway, '127.0.0.4');
  });

  test('of IPv6 are limited too', async () => {
    const gateway = await startGateway({ limits, host: '::1' });
    for (let held = 0; held < 2; held += 1) await served(gateway, '::1', '::1');
    expect(await isRefused(gateway, '::1', '::1')).toBe(true);
  });
});

describe('whose an address is', () => {
  test.each([
    ['127.0.0.2', '127.0.0.2'],
    ['::ffff:127.0.0.2', '127.0.0.2'],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
    ['2001:db8:1:2::1', '2001:0DB8:1:2::'],
    ['fe80::1%eth0', 'fe80::2%eth1'],
  ])('%s and %s are one client', (one, other) => {
    expect(networkOf(one)).toBe(networkOf(other));
    expect(networkOf(one)).toBeDefined();
  });

  test.each([
    ['127.0.0.2', '127.0.0.3'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['::1', '::ffff:0.0.0.1'],
  ])('%s and %s are two', (one, other) => {
    expect(networkOf(one)).not.toBe(networkOf(other));
  });

  test('what is no address is nobody', () => {
    expect(['', 'localhost', '10', 'unknown'].map(networkOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
