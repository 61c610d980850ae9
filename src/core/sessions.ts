import { hash, randomBytes } from 'node:crypto';
import type { Account, AccountStore } from './account.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { JobgateError } from './error.ts';
import { Gate } from './gate.ts';
import { isUsername, TEXT_LIMITS } from './identifiers.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { UNKNOWN_USER_HASH, verifyPassword } from './password.ts';
import { RememberedSignIns, type SignIn } from './remembered-sign-ins.ts';
import { RequestsUnderWay, type RequestUnderWay } from './requests-under-way.ts';
import type { SessionRealm, SessionStore } from './session.ts';

export interface SessionSettings {
  /** The longest idle time a client is granted, ms; what it gets when it asks for none. */
  readonly maxIdleMs: number;
  /** How long a session lives however much it is used, ms. */
  readonly maxAgeMs: number;
  /** Realms in which a second login of a user ends the first. */
  readonly singleIn: readonly SessionRealm[];
  /** Of one token, or of one user who sends a password with each, under way at once. */
  readonly maxRequests: number;
}

/** The client's address is for the throttle. */
export interface Login extends SignIn {
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
  readonly #remembered: RememberedSignIns;
  readonly #underWay: RequestsUnderWay;

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
    this.#remembered = new RememberedSignIns(parts.clock);
    this.#underWay = new RequestsUnderWay(parts.settings.maxRequests);
  }

  /** Throws LOGIN_FAILED, the same for an unknown or disabled user and a wrong password, or LOGIN_THROTTLED. */
  async login(login: Login): Promise<OpenedSession> {
    // Before the gate as well: who has to wait anyway must not take others' places in its queue.
    await this.#throttle.check(login.username, login.address);
    const { passwordHash } = await this.#inTurn(() => this.#verify(login));
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.#clock();
    const { maxIdleMs, maxAgeMs, singleIn } = this.#settings;
    // Nobody is promised more idle time than the session lives.
    const idleMs = Math.min(login.idleMs > 0 ? login.idleMs : maxIdleMs, maxIdleMs, maxAgeMs);
    const opened = await this.#sessions.insert(
      {
        tokenHash: hashToken(token),
        username: login.username,
        realm: login.realm,
        idleMs,
        created: now,
        lastUsed: now,
        expires: now + maxAgeMs,
      },
      { passwordHash, single: singleIn.includes(login.realm) },
    );
    if (!opened) throw loginFailed();
    return { token, username: login.username, idleMs };
  }

  /**
   * Who a name and a password that come with every request speak for. No session is stored; a success is
   * remembered for 60 s, within which a change of the password and a disabling may not yet be seen.
   * Throws as `login` does, and TOO_MANY_REQUESTS.
   */
  async authenticateBasic(signIn: SignIn, request: RequestUnderWay): Promise<Caller> {
    const caller = await this.#callerOf(signIn);
    this.#underWay.begin(`user ${caller.username}`, request);
    return caller;
  }

  async #callerOf(signIn: SignIn): Promise<Caller> {
    // First of all: what is remembered must not tell a guesser more than a log-in would.
    await this.#throttle.check(signIn.username, signIn.address);
    const known = this.#remembered.find(signIn);
    if (known) return known;
    return this.#inTurn(async () => {
      // Of several requests at once the first has found out for the others.
      const found = this.#remembered.find(signIn);
      if (found) return found;
      const { username, role } = await this.#verify(signIn);
      this.#remembered.add(signIn, { username, role });
      return { username, role };
    });
  }

  /** Throws INVALID_TOKEN for one never given or ended by a logout or a second login, TOKEN_EXPIRED for one that ran out, TOO_MANY_REQUESTS. */
  async authenticate(token: string, request: RequestUnderWay): Promise<Caller> {
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
    this.#underWay.begin(session.tokenHash, request);
    return { username, role };
  }

  /** Ends the session and returns whose it was. Throws as `authenticate` does. */
  async logout(token: string, request: RequestUnderWay): Promise<Caller> {
    const caller = await this.authenticate(token, request);
    await this.#sessions.remove(hashToken(token));
    return caller;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    return this.#logins.run(
      task,
      () =>
        new JobgateError('LOGIN_THROTTLED', 'too many log-ins at once; try again in a moment', {
          retryAfterMs: 1_000,
        }),
    );
  }

  async #verify({ username, password, address }: SignIn): Promise<Account> {
    await this.#throttle.check(username, address);
    const possible = isUsername(username) && password.length <= 2 * TEXT_LIMITS.password;
    const account = possible ? await this.#accounts.find(username) : undefined;
    // An unknown user, and one who is disabled, costs what a wrong password costs.
    const right = await verifyPassword(possible ? password : '', account?.passwordHash ?? UNKNOWN_USER_HASH);
    if (!account || account.disabled || !right) {
      await this.#throttle.failed(username, address);
      throw loginFailed();
    }
    await this.#throttle.succeeded(username, address);
    return account;
  }
}

function loginFailed(): JobgateError {
  return new JobgateError('LOGIN_FAILED', 'the user name or the password is wrong');
}

function hashToken(token: string): string {
  return hash('sha256', token, 'hex');
}
