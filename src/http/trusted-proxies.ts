import ipaddr from 'ipaddr.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** The addresses and networks whose forwarding headers are believed. */
export class TrustedProxies {
  readonly #ranges: readonly Range[];

  /** Takes addresses and CIDRs of IPv4 and IPv6. Throws on the first that is neither, naming it. */
  constructor(list: readonly string[]) {
    this.#ranges = list.map(parseRange);
  }

  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  includes(address: string): boolean {
    const parsed = parseAddress(address);
    return parsed !== undefined && this.#ranges.some(([network, bits]) => covers(network, bits, parsed));
  }
}

/**
 * An address in its plain form, IPv4-mapped IPv6 as IPv4; undefined when it is none. Stricter
 * than the library, which also takes `10` and `0x7f.1`.
 */
export function normalizeAddress(address: string): string | undefined {
  return parseAddress(address)?.toString();
}

/** An IPv4 address, in IPv6 too, as it is; of an IPv6 address its first 64 bits. Undefined when it is none. */
export function networkOf(address: string): string | undefined {
  const parsed = parseAddress(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed?.toString();
}

function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return undefined;
  return ipaddr.process(address);
}

function parseRange(text: string): Range {
  const [address = '', bits, ...rest] = text.trim().split('/');
  const parsed = parseAddress(address);
  const width = parsed?.kind() === 'ipv4' ? 32 : 128;
  if (parsed === undefined || rest.length > 0) throw notARange(text);
  if (bits === undefined) return [parsed, width];
  // The bits of an IPv4-mapped network count from the start of the IPv6 address.
  const prefix = Number(bits) - (address.includes(':') && width === 32 ? 96 : 0);
  if (!/^\d{1,3}$/.test(bits) || prefix < 0 || prefix > width) throw notARange(text);
  return [parsed, prefix];
}

function covers(
  network: ipaddr.IPv4 | ipaddr.IPv6,
  bits: number,
  address: ipaddr.IPv4 | ipaddr.IPv6,
): boolean {
  return network.kind() === address.kind() && address.match(network, bits);
}

function notARange(text: string): Error {
  return new Error(`"${text}" is neither an IP address nor a network such as 10.0.0.0/8`);
}
