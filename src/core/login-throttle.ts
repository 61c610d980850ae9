import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import { JobgateError } from './error.ts';

/** Failed log-ins counted under one key. */
export interface FailureCount {
  /** As of the last failure; since then some may have been forgiven. */
  readonly failures: number;
  /** ms UTC. */
  readonly lastFailure: number;
}

/** Keys are 43 characters of base64url. */
export interface LoginFailureStore {
  find(keys: readonly string[]): Promise<ReadonlyMap<string, FailureCount>>;
  /** Adds one failure, after forgiving one for each whole `forgiveMs` that has passed since the last. */
  add(key: string, now: number, forgiveMs: number): Promise<void>;
  clear(key: string): Promise<void>;
  purge(before: number): Promise<number>;
}

/**
 * How many failures cost nothing, and how soon one is forgiven: nobody is locked out for good.
 * An address may stand for an office whose people mistype now and then, so it is given more.
 */
const ACCOUNT_AT_ADDRESS = { free: 5, forgiveMs: 15 * 60_000 } as const;
const ADDRESS = { free: 50, forgiveMs: 60_000 } as const;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15 * 60_000;
/** A count this old says nothing any more: a guesser kept at the longest delay adds one in 15 minutes. */
export const FAILURES_KEPT_MS = 24 * 60 * 60_000;

type Allowance = typeof ACCOUNT_AT_ADDRESS | typeof ADDRESS;

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
      this.#waitMs(counts.get(account), ACCOUNT_AT_ADDRESS),
      this.#waitMs(counts.get(network), ADDRESS),
    );
    if (wait > 0) {
      throw new JobgateError(
        'LOGIN_THROTTLED',
        `too many failed log-ins; try again in ${Math.ceil(wait / 1000)} s`,
        { retryAfterMs: wait },
      );
    }
  }

  async failed(username: string, address: string): Promise<void> {
    const { account, network } = keysOf(username, address);
    const now = this.#clock();
    await this.#store.add(account, now, ACCOUNT_AT_ADDRESS.forgiveMs);
    await this.#store.add(network, now, ADDRESS.forgiveMs);
  }

  async succeeded(username: string, address: string): Promise<void> {
    await this.#store.clear(keysOf(username, address).account);
  }

  #waitMs(count: FailureCount | undefined, { free, forgiveMs }: Allowance): number {
    if (!count) return 0;
    const passed = this.#clock() - count.lastFailure;
    const excess = count.failures - Math.floor(passed / forgiveMs) - free;
    if (excess < 0) return 0;
    return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(30, excess)) - passed;
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
