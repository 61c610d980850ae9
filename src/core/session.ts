import type { Role } from './caller.ts';

/** Which room's sign-in opened a session: "a second login ends the first" holds within CLM's alone. */
export type SessionRealm = 'clm' | 'pyramid' | 'starfish';

export interface Session {
  /** SHA-256 of the token, hex: the token itself is never stored. */
  readonly tokenHash: string;
  readonly username: string;
  readonly realm: SessionRealm;
  /** A session unused for longer has ended. */
  readonly idleMs: number;
  readonly created: number;
  readonly lastUsed: number;
  /** When it ends however much it is used, ms UTC. */
  readonly expires: number;
}

export interface SessionStore {
  /**
   * Stores a session; with `single`, ends the same user's others of that realm in the same transaction.
   * False, and nothing is stored, where the account has another password hash than the one that the
   * log-in was verified against, or has been disabled: their sessions were ended just now.
   */
  insert(
    session: Session,
    login: { readonly passwordHash: string; readonly single: boolean },
  ): Promise<boolean>;
  /**
   * The session with its account's present role; one that ran out is still found until it is purged.
   * None of an account that is disabled.
   */
  find(tokenHash: string): Promise<(Session & { readonly role: Role }) | undefined>;
  touch(tokenHash: string, lastUsed: number): Promise<void>;
  remove(tokenHash: string): Promise<boolean>;
  /** Forgets sessions that ended before `before` (ms UTC); returns how many. */
  purge(before: number): Promise<number>;
}
