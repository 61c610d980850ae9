import { createHash, randomBytes } from 'node:crypto';
import type { AccountStore } from './account.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { JobgateError } from './error.ts';
import { Gate } from './gate.ts';
import { isUsername, TEXT_LIMITS } from './identifiers.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { UNKNOWN_USER_HASH, verifyPassword } from './password.ts';
import type { SessionRealm, SessionStore } from './session.ts';

export interface SessionSettings {
  /** The longest idle time a client is granted, ms; what it gets when it asks for none. */
  readonly maxIdleMs: number;
  /** How long a session lives however much it is used, ms. */
  readonly maxAgeMs: number;
  /** Realms in which a second login of a user ends the first. */
  readonly singleIn: readonly SessionRealm[];
}

export interface Login {
  readonly username: string;
  readonly password: string;
  /** The client's address, for the throttle. */
  readonly address: string;
  readonly realm: SessionRealm;
  /** The idle time asked for, ms; 0 = as long as is granted. */
  readonly idleMs: number;
}

export interface OpenedSession {
  /** 256 random bits, base64url. Shown once; only its hash is kept. */
  readonly token: string;
  readonly username: string;
  readonly idleMs: number;
}

const TOKEN_BYTES = 32;
/** A session's last use is written at most so often: a poll every 2 s should not be a write every 2 s. */
const LONGEST_TOUCH_MS = 60_000;
const touchMs = (idleMs: number) => Math.min(LONGEST_TOUCH_MS, idleMs / 10);

/** Signing in and out, and who a token speaks for. */
export class Sessions {
  readonly #sessions: SessionStore;
  readonly #accounts: AccountStore;
  readonly #throttle: LoginThrottle;
  readonly #clock: Clock;
  readonly #settings: SessionSettings;
  /** Two hashes at once (64 MiB) leave the thread pool to others, and a guesser no way past the throttle in parallel. */
  readonly #logins = new Gate({ width: 2, queue: 200 });

  constructor(parts: {
    sessions: SessionStore;
    accounts: AccountStore;
    throttle: LoginThrottle;
    clock: Clock;
    settings: SessionSettings;
  }) {
    this.#sessions = parts.sessions;
    this.#accounts = parts.accounts;
    this.#throttle = parts.throttle;
    this.#clock = parts.clock;
    this.#settings = parts.settings;
  }

  /** Throws LOGIN_FAILED, the same for an unknown user and a wrong password, or LOGIN_THROTTLED. */
  async login(login: Login): Promise<OpenedSession> {
    // Before the gate as well: who has to wait anyway must not take others' places in its queue.
    await this.#throttle.check(login.username, login.address);
    await this.#logins.run(
      () => this.#verify(login),
      () => new JobgateError('LOGIN_THROTTLED', 'too many log-ins at once; try again in a moment'),
    );
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.#clock();
    const { maxIdleMs, maxAgeMs, singleIn } = this.#settings;
    const idleMs = login.idleMs > 0 ? Math.min(login.idleMs, maxIdleMs) : maxIdleMs;
    await this.#sessions.insert(
      {
        tokenHash: hashToken(token),
        username: login.username,
        realm: login.realm,
        idleMs,
        created: now,
        lastUsed: now,
        expires: now + maxAgeMs,
      },
      singleIn.includes(login.realm),
    );
    return { token, username: login.username, idleMs };
  }

  /** Throws INVALID_TOKEN for one never given or ended by a logout or a second login, TOKEN_EXPIRED for one that ran out. */
  async authenticate(token: string): Promise<Caller> {
    const session = token === '' ? undefined : await this.#sessions.find(hashToken(token));
    if (!session) throw new JobgateError('INVALID_TOKEN', 'the token is not valid; log in again');
    const now = this.#clock();
    const { username, role, idleMs, lastUsed, expires } = session;
    // It may have been used since, without that being written: rather late than a client cut off early.
    if (now >= Math.min(expires, lastUsed + idleMs + touchMs(idleMs))) {
      throw new JobgateError('TOKEN_EXPIRED', 'the session has expired; log in again');
    }
    if (now - lastUsed >= touchMs(idleMs)) {
      await this.#sessions.touch(session.tokenHash, now);
    }
    return { username, role };
  }

  /** Ends the session and returns whose it was. Throws as `authenticate` does. */
  async logout(token: string): Promise<Caller> {
    const caller = await this.authenticate(token);
    await this.#sessions.remove(hashToken(token));
    return caller;
  }

  async #verify({ username, password, address }: Login): Promise<void> {
    await this.#throttle.check(username, address);
    const possible = isUsername(username) && password.length <= 2 * TEXT_LIMITS.password;
    const account = possible ? await this.#accounts.find(username) : undefined;
    // An unknown user costs what a wrong password costs.
    const right = await verifyPassword(possible ? password : '', account?.passwordHash ?? UNKNOWN_USER_HASH);
    if (!account || !right) {
      await this.#throttle.failed(username, address);
      throw new JobgateError('LOGIN_FAILED', 'the user name or the password is wrong');
    }
    await this.#throttle.succeeded(username, address);
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
