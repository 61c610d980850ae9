import { createHmac, randomBytes } from 'node:crypto';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';

/** How long a password that was verified is taken for right without asking again: a hash costs 200 ms of a core. */
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 1_000;

/** A user name and a password, and the address that they came from. */
export interface SignIn {
  readonly username: string;
  readonly password: string;
  readonly address: string;
}

/**
 * Passwords found right within the last minute, for clients that send one with every request. Of each it keeps
 * an HMAC under a key that only this process has, never the password. An account that another process disables,
 * or whose password it changes, is let in here for those 60 s at most.
 *
 * An entry holds for the address that it was made from: to a guesser elsewhere it is no quicker answer.
 */
export class RememberedSignIns {
  readonly #key = randomBytes(32);
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #entries = new Map<string, { readonly caller: Caller; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  find(signIn: SignIn): Caller | undefined {
    const entry = this.#entries.get(this.#keyOf(signIn));
    return entry !== undefined && this.#clock() < entry.until ? entry.caller : undefined;
  }

  add(signIn: SignIn, caller: Caller): void {
    const key = this.#keyOf(signIn);
    this.#entries.delete(key);
    this.#entries.set(key, { caller, until: this.#clock() + REMEMBERED_MS });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST_REMEMBERED && oldest !== undefined) this.#entries.delete(oldest);
  }

  #keyOf({ username, password, address }: SignIn): string {
    const text = JSON.stringify([username, address, password]);
    return createHmac('sha256', this.#key).update(text).digest('base64');
  }
}
