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
  return isAddress ? ipaddr.parse(inHexadecimal(text)) : undefined;
}

/** The library takes `::10.0.0.1`, which is how inet_ntop spells `::a00:1`, for `::ffff:10.0.0.1`. */
function inHexadecimal(text: string): string {
  if (!text.includes(':')) return text;
  return text.replace(/[\d.]+\.\d+/, (dotted) => {
    const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(dotted).octets;
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
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
