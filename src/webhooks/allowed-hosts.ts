import { type Address, type IpRange, readAddress, readRange } from './ip-range.ts';

/** The hosts that an operator lets webhooks go to, although their addresses are not public. */
export class AllowedHosts {
  readonly #names = new Set<string>();
  readonly #ranges: IpRange[] = [];

  /** Takes names, addresses and networks. Throws on the first that is none of them, naming it. */
  constructor(list: readonly string[]) {
    for (const entry of list) {
      const range = readRange(entry);
      if (range) this.#ranges.push(range);
      else this.#names.add(readName(entry));
    }
  }

  /** By the name in a URL, as `URL.hostname` gives it: whatever it resolves to. */
  includesName(hostname: string): boolean {
    return this.#names.has(withoutDot(hostname));
  }

  includesAddress(address: Address): boolean {
    return this.#ranges.some((range) => range.includes(address));
  }
}

/** As `URL` spells it, in lower case and punycode. */
function readName(entry: string): string {
  const url = `http://${entry}/`;
  const name = /^[^\s/\\?#@:[\]*]+$/.test(entry) && URL.canParse(url) ? new URL(url).hostname : '';
  // `127.1` is an address to a URL, and would never be met as a name.
  if (name === '' || readAddress(name)) {
    throw new Error(`"${entry}" is neither a host name nor an IP address nor a network such as 10.0.0.0/8`);
  }
  return withoutDot(name);
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}
