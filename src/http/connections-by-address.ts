import type { Socket } from 'node:net';
import { networkOf, type TrustedProxies } from './trusted-proxies.ts';

/**
 * How many connections each client has. A client is an IPv4 address, or an IPv6 network of 64 bits, which is what one
 * household or machine is given. A trusted proxy brings the connections of many, and is not counted.
 */
export class ConnectionsByAddress {
  readonly #limit: number;
  readonly #proxies: TrustedProxies;
  readonly #open = new Map<string, number>();

  constructor(limit: number, proxies: TrustedProxies) {
    this.#limit = limit;
    this.#proxies = proxies;
  }

  /** False where the connection is one too many of its client; else it counts until it is closed. */
  admit(socket: Socket): boolean {
    // Without an address it has been closed already.
    const client = networkOf(socket.remoteAddress ?? '');
    if (client === undefined || this.#isTrusted(socket)) return true;
    const open = this.#open.get(client) ?? 0;
    if (open >= this.#limit) return false;
    this.#open.set(client, open + 1);
    socket.once('close', () => this.#closed(client));
    return true;
  }

  #isTrusted({ remoteAddress = '' }: Socket): boolean {
    return !this.#proxies.isEmpty && this.#proxies.includes(remoteAddress);
  }

  #closed(client: string): void {
    const left = (this.#open.get(client) ?? 1) - 1;
    if (left === 0) this.#open.delete(client);
    else this.#open.set(client, left);
  }
}
