import type { RequestUnderWay } from '../../core/requests-under-way.ts';
import { toStatus } from './errors.ts';
import type { Status } from './wire.ts';

/** What an operation knows of its request, and what the request log should know of its outcome. */
export interface ClmCall {
  /** The client's address. */
  readonly address: string;
  readonly request: RequestUnderWay;
  /** Whether an answer says how long a list is before its first item, as arrays of rpc/encoded do. */
  readonly countsLists: boolean;
  /** The ClmErrors number of an answer that says in-band that it failed. */
  inBandError?: number;
  /** Whose token it was. */
  username?: string;
}

/** Turns an operation error into an answer of the operation's own type; a system error goes on, to become a fault. */
export async function inBand<T>(
  call: ClmCall,
  answer: () => Promise<T>,
  refuse: (status: Status) => T,
): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    const status = toStatus(error);
    if (!status) throw error;
    call.inBandError = status.errorCode;
    return refuse(status);
  }
}
