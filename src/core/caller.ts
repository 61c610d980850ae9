export const ROLES = ['admin', 'user'] as const;

export type Role = (typeof ROLES)[number];

/** Who is asking: what a valid session says about its holder. */
export interface Caller {
  readonly username: string;
  readonly role: Role;
}

/** Somebody else's job does not exist for a user; an administrator sees all. */
export function maySee(caller: Caller, owner: string): boolean {
  return caller.role === 'admin' || caller.username === owner;
}
