import type { Role } from './caller.ts';

/** Which sign-in opened a session: "a second login ends the first" holds within CLM's alone. */
export type SessionRealm = 'clm';

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
  /** Stores a session; with `single`, ends the same user's others of that realm in the same transaction. */
  insert(session: Session, single: boolean): Promise<void>;
  /** The session with its account's present role; one that ran out is still found until it is purged. */
  find(tokenHash: string): Promise<(Session & { readonly role: Role }) | undefined>;
  touch(tokenHash: string, lastUsed: number): Promise<void>;
  remove(tokenHash: string): Promise<boolean>;
  /** Forgets sessions that ended before `before` (ms UTC); returns how many. */
  purge(before: number): Promise<number>;
}
