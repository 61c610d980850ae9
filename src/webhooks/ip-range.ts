import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** One address, or a network such as `10.0.0.0/8`. */
export interface IpRange {
  includes(address: Address): boolean;
}

/**
 * IPv4 only in four decimal parts: `10` or `0x7f.1`, which the library takes too, are spellings nobody
 * means. Undefined when it is no address.
 */
export function readAddress(text: string): Address | undefined {
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
  return isAddress ? ipaddr.parse(text) : undefined;
}

/** Undefined when it is neither an address nor a network. */
export function readRange(text: string): IpRange | undefined {
  const [first = '', bits, ...rest] = text.split('/');
  const network = readAddress(first);
  const width = network?.kind() === 'ipv4' ? 32 : 128;
  const prefix = bits === undefined ? width : Number(bits);
  if (network === undefined || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)))
    return undefined;
  if (prefix > width) return undefined;
  return {
    includes: (address) => address.kind() === network.kind() && address.match(network, prefix),
  };
}
