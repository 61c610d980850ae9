import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { AddressGuard, type Resolver } from '../../src/webhooks/address-guard.ts';
import { AllowedHosts } from '../../src/webhooks/allowed-hosts.ts';

/** Addresses that are not the public internet's, and why. */
const FORBIDDEN: readonly (readonly [address: string, why: string])[] = [
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'this network'],
  ['::', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['fc00::1', 'unique local'],
  ['fdff::1', 'unique local'],
  ['169.254.169.254', 'metadata service'],
  ['169.254.0.1', 'link-local'],
  ['fd00:ec2::254', 'metadata service'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local with a zone'],
  ['fec0::1', 'site-local'],
  ['100.64.0.1', 'CGNAT'],
  ['100.127.255.255', 'CGNAT'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['ff02::1', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['240.0.0.1', 'reserved'],
  ['192.0.0.8', 'protocol assignments'],
  ['192.0.2.1', 'documentation'],
  ['198.51.100.1', 'documentation'],
  ['203.0.113.1', 'documentation'],
  ['198.18.0.1', 'benchmarking'],
  ['198.19.255.255', 'benchmarking'],
  ['192.88.99.1', '6to4 relay'],
  ['2001:db8::1', 'documentation'],
  ['3fff::1', 'documentation'],
  ['100::1', 'discard'],
  ['5f00::1', 'segment routing'],
  ['2001:2::1', 'benchmarking'],
  ['2001:10::1', 'ORCHID'],
  ['4000::1', 'not given out'],
  ['::ffff:127.0.0.1', 'IPv4-mapped'],
  ['::ffff:a9fe:a9fe', 'IPv4-mapped'],
  ['::ffff:10.0.0.1', 'IPv4-mapped'],
  ['::127.0.0.1', 'IPv4-compatible'],
  ['::8.8.8.8', 'IPv4-compatible, of old'],
  ['::ffff:0:127.0.0.1', 'IPv4-translated'],
  ['64:ff9b::127.0.0.1', 'NAT64'],
  ['64:ff9b::169.254.169.254', 'NAT64'],
  ['64:ff9b::a00:1', 'NAT64'],
  ['64:ff9b:1::8.8.8.8', 'NAT64 with a local prefix'],
  ['64:ff9b:1:fffe::7f00:1', 'NAT64 with a local prefix'],
  ['2002:7f00:1::', '6to4'],
  ['2002:808:808::1', '6to4'],
  ['2001:0:7f00:1::', 'Teredo'],
  ['2001::1', 'Teredo'],
];

const PUBLIC = [
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '169.253.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001::200e',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
];

/** A resolver that knows one name only, with these addresses. */
function resolving(...addresses: string[]): Resolver {
  const answer: LookupAddress[] = addresses.map((address) => ({
    address,
    family: address.includes(':') ? 6 : 4,
  }));
  const resolver = (_: string, __: object, done: (error: null, found: LookupAddress[]) => void) =>
    done(null, answer);
  return resolver as Resolver;
}

function guard(allowed: readonly string[] = [], resolver?: Resolver): AddressGuard {
  return new AddressGuard(new AllowedHosts(allowed), resolver);
}

/** What the socket is told. */
function lookUp(of: AddressGuard, hostname: string, all = true): Promise<unknown> {
  return new Promise((resolve, reject) => {
    of.lookup(hostname, { all }, (error, address, family) => {
      if (error) reject(error);
      else resolve(all ? address : [address, family]);
    });
  });
}

describe('the address guard', () => {
  test.each(FORBIDDEN)('forbids %s (%s), written in the URL and found for a name', async (address) => {
    expect(() => guard().checkLiteral(address)).toThrow(
      `${address} is not a public address, and JOBGATE_WEBHOOK_ALLOW does not name it`,
    );
    await expect(lookUp(guard([], resolving(address)), 'hook.example')).rejects.toThrow(
      `hook.example (${address}) is not a public address`,
    );
  });

  test.each(PUBLIC)('lets %s pass', async (address) => {
    expect(() => guard().checkLiteral(address)).not.toThrow();
    const found = await lookUp(guard([], resolving(address)), 'hook.example');
    expect(found).toEqual([{ address, family: address.includes(':') ? 6 : 4 }]);
  });

  test('forbids a name if a single one of its addresses is', async () => {
    const mixed = guard([], resolving('8.8.8.8', '2606:4700::1', '10.1.2.3'));
    await expect(lookUp(mixed, 'hook.example')).rejects.toThrow('hook.example (10.1.2.3)');
    await expect(lookUp(mixed, 'hook.example', false)).rejects.toThrow('hook.example (10.1.2.3)');
  });

  test('answers with one address where the socket asks for one', async () => {
    const two = guard([], resolving('8.8.8.8', '2606:4700::1'));
    expect(await lookUp(two, 'hook.example', false)).toEqual(['8.8.8.8', 4]);
  });

  test('forbids what the resolver calls an address and nobody can read', async () => {
    await expect(lookUp(guard([], resolving('127.1')), 'hook.example')).rejects.toThrow(
      'not a public address',
    );
  });

  test('passes on what the resolver could not find', async () => {
    const failing = ((_: string, __: object, done: (error: Error) => void) =>
      done(new Error('ENOTFOUND'))) as unknown as Resolver;
    await expect(lookUp(guard([], failing), 'nowhere.example')).rejects.toThrow('ENOTFOUND');
  });

  // The guard is asked about what the WHATWG URL parser has made of them.
  test.each([
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['http://017700000001/', '127.0.0.1'],
    ['http://127.1/', '127.0.0.1'],
    ['http://127.0.0.1./', '127.0.0.1'],
    ['http://①②⑦.0.0.1/', '127.0.0.1'],
    ['http://0/', '0.0.0.0'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['http://[0:0:0:0:0:0:0:1]/', '::1'],
  ])('sees through %s', (url, address) => {
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    expect(host).toBe(address);
    expect(() => guard().checkLiteral(host)).toThrow(address);
  });
});

describe('what an operator allows', () => {
  test('is a name, whatever it resolves to, and no name below or beside it', async () => {
    const named = guard(['Hooks.Internal'], resolving('10.0.0.1'));
    expect(await lookUp(named, 'hooks.internal')).toHaveLength(1);
    expect(await lookUp(named, 'hooks.internal.')).toHaveLength(1);
    await expect(lookUp(named, 'a.hooks.internal')).rejects.toThrow('not a public address');
    await expect(lookUp(named, 'internal')).rejects.toThrow('not a public address');
  });

  test.each([
    ['127.0.0.1', '127.0.0.1', '127.0.0.2'],
    ['10.20.0.0/16', '10.20.255.1', '10.21.0.1'],
    ['10.20.0.0/16', '::ffff:10.20.0.1', '::ffff:10.21.0.1'],
    ['10.20.0.0/16', '64:ff9b::10.20.0.1', '64:ff9b::10.21.0.1'],
    ['fd00:1234::/32', 'fd00:1234::5', 'fd00:1235::5'],
    ['::1', '::1', '::2'],
    ['0.0.0.0/0', '127.0.0.1', '::1'],
  ])('is %s, so that %s passes and %s does not', async (entry, passes, fails) => {
    const some = guard([entry]);
    expect(() => some.checkLiteral(passes)).not.toThrow();
    expect(() => some.checkLiteral(fails)).toThrow('not a public address');
    expect(await lookUp(guard([entry], resolving(passes)), 'hook.example')).toHaveLength(1);
    await expect(lookUp(guard([entry], resolving(passes, fails)), 'hook.example')).rejects.toThrow(fails);
  });

  test.each([
    '127.1',
    '0x7f.0.0.1',
    '10',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/x',
    '::/129',
    '[::1]',
    'host:8080',
    'http://host',
    'user@host',
    'ho st',
    '*.example.com',
    'a/b',
  ])('is not %s', (entry) => {
    expect(() => new AllowedHosts([entry])).toThrow(
      `"${entry}" is neither a host name nor an IP address nor a network`,
    );
  });
});
