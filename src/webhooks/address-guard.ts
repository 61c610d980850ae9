import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { AllowedHosts } from './allowed-hosts.ts';
import { type Address, readAddress, readRange } from './ip-range.ts';

/** A host that webhooks must not reach. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';

  constructor(hostname: string, address: string) {
    const where = hostname === address ? address : `${hostname} (${address})`;
    super(`${where} is not a public address, and JOBGATE_WEBHOOK_ALLOW does not name it`);
  }
}

/** What the resolver is asked through; node:dns in earnest. */
export type Resolver = typeof resolve;

/** All that IANA has given out for the internet at large; the rest is reserved (RFC 4291, RFC 3587). */
const GLOBAL_IPV6 = readRange('2000::/3');
/** How IPv4 is written in IPv6: by a dual-stack socket (RFC 4291), and by the well-known NAT64 prefix (RFC 6052). */
const CARRIES_IPV4 = ['::ffff:0:0/96', '64:ff9b::/96'].map((text) => readRange(text));

/**
 * Keeps webhooks, whose URLs come from clients, away from the machines around this one: loopback,
 * private, link-local and metadata services, CGNAT, and all else that is not the public internet. It
 * judges the address that the socket is about to connect to, so a name cannot mean another one in between.
 */
export class AddressGuard {
  readonly #allowed: AllowedHosts;
  readonly #resolve: Resolver;

  constructor(allowed: AllowedHosts, resolver: Resolver = resolve) {
    this.#allowed = allowed;
    this.#resolve = resolver;
  }

  /** For a URL's host before a socket is made: an address is never looked up. Throws ForbiddenAddressError. */
  checkLiteral(hostname: string): void {
    if (readAddress(hostname) && !this.#permits(hostname))
      throw new ForbiddenAddressError(hostname, hostname);
  }

  /** The socket's own look-up. Fails with ForbiddenAddressError if any of a name's addresses is forbidden. */
  readonly lookup: LookupFunction = (hostname, options, done) => {
    this.#resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const named = this.#allowed.includesName(hostname);
      const forbidden = named ? undefined : addresses.find(({ address }) => !this.#permits(address));
      if (forbidden) return done(new ForbiddenAddressError(hostname, forbidden.address), []);
      if (options.all) return done(null, addresses);
      const [first] = addresses;
      done(null, first?.address ?? '', first?.family);
    });
  };

  #permits(text: string): boolean {
    const address = readAddress(text);
    if (address === undefined) return false;
    const meant = carriedIpv4(address) ?? address;
    return this.#allowed.includesAddress(address) || this.#allowed.includesAddress(meant) || isPublic(meant);
  }
}

/** Tunnels (6to4, Teredo, NAT64 with a local prefix) are not: they lead to IPv4 addresses hidden in theirs. */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || GLOBAL_IPV6?.includes(address) === true;
}

function carriedIpv4(address: Address): Address | undefined {
  if (!CARRIES_IPV4.some((range) => range?.includes(address))) return undefined;
  return ipaddr.fromByteArray(address.toByteArray().slice(12));
}
