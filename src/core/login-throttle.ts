import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import { JobgateError } from './error.ts';

/** Failed log-ins counted under one key. */
export interface FailureCount {
  readonly failures: number;
  /** ms UTC. */
  readonly lastFailure: number;
}

/** Keys are 43 characters of base64url. */
export interface LoginFailureStore {
  find(keys: readonly string[]): Promise<ReadonlyMap<string, FailureCount>>;
  /** Adds one failure under each key; a count whose last failure is before `forgetBefore` starts again at one. */
  add(keys: readonly string[], now: number, forgetBefore: number): Promise<void>;
  clear(key: string): Promise<void>;
  purge(before: number): Promise<number>;
}

/** How many failures a key is given for nothing. An address may stand for many people, so it is given more. */
const FREE_FAILURES = { accountAtAddress: 5, address: 50 } as const;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15 * 60_000;
/** After this long without a failure a key has a clean sheet: nobody is locked out for good. */
export const FAILURES_FORGOTTEN_MS = 60 * 60_000;

/**
 * Slows guessing down without a way to lock somebody else out: failures count against
 * an account *at an address*, and against the address. An account under attack stays
 * reachable from everywhere else.
 */
export class LoginThrottle {
  readonly #store: LoginFailureStore;
  readonly #clock: Clock;

  constructor(store: LoginFailureStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Throws LOGIN_THROTTLED while the caller has to wait. */
  async check(username: string, address: string): Promise<void> {
    const { account, network } = keysOf(username, address);
    const counts = await this.#store.find([account, network]);
    const wait = Math.max(
      this.#waitMs(counts.get(account), FREE_FAILURES.accountAtAddress),
      this.#waitMs(counts.get(network), FREE_FAILURES.address),
    );
    if (wait > 0) {
      throw new JobgateError(
        'LOGIN_THROTTLED',
        `too many failed log-ins; try again in ${Math.ceil(wait / 1000)} s`,
      );
    }
  }

  async failed(username: string, address: string): Promise<void> {
    const { account, network } = keysOf(username, address);
    const now = this.#clock();
    await this.#store.add([account, network], now, now - FAILURES_FORGOTTEN_MS);
  }

  async succeeded(username: string, address: string): Promise<void> {
    await this.#store.clear(keysOf(username, address).account);
  }

  #waitMs(count: FailureCount | undefined, free: number): number {
    if (!count || count.failures < free) return 0;
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(30, count.failures - free));
    return count.lastFailure + delay - this.#clock();
  }
}

/** An IPv6 client owns at least a /64, so its whole network counts as one address. Hashed: a name may be of any length. */
function keysOf(username: string, address: string): { account: string; network: string } {
  const network = address.includes(':') ? expandIpv6(address).slice(0, 4).join(':') : address;
  return { account: hashKey(`${network} ${username}`), network: hashKey(network) };
}

function hashKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function expandIpv6(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  if (tail === undefined) return left;
  const right = tail.split(':').filter(Boolean);
  return [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
}
