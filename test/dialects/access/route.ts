/** What the requests are about: all of it is ann's. */
export interface Scene {
  readonly origin: string;
  /** Stored, not queued; with an item of data, a record, and SECRET wherever its owner's words can stand. */
  readonly jobId: string;
  /** The job's group, which is an execution of the schedule. */
  readonly group: string;
  readonly scheduleId: string;
}

/** Stands in what only the job's owner and administrators may read. */
export const SECRET = 'between ann and her program';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Outcome {
  readonly status: number;
  /** What is in the body. */
  readonly text?: RegExp;
  /** Whether the body names ann's job, or the run that it is. */
  readonly shows?: boolean;
  /** The same is answered where there is no such job at all. */
  readonly asIfNone?: true;
}

/** A request that is right in all but, perhaps, the token; null = none at all. */
export type Send = (scene: Scene, token: string | null) => Promise<Answer>;

/** One operation of a room. */
export interface Route {
  readonly send: Send;
  /** The job has ended before. */
  readonly ended?: true;
  /** What a user gets who has nothing to do with the job. */
  readonly stranger: Outcome;
  readonly administrator: Outcome;
}

/** What is wrong with a token. */
export type Flaw = 'missing' | 'malformed' | 'unknown' | 'expired';

export interface RoomRoutes {
  /** By the names that the room gives its operations. */
  readonly routes: Readonly<Record<string, Route>>;
  /** The operations that want no token. */
  readonly open: readonly string[];
  /** The room's answer to a token that is no good; `operation` is one of the routes. */
  refusal(flaw: Flaw, operation: string): Outcome & { readonly challenge?: string };
}

export async function ask(url: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(10_000) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export function bearer(token: string | null): Record<string, string> {
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}
