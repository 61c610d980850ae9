import { type ErrorCode, JobgateError } from '../core/error.ts';
import type { HttpError } from './http-error.ts';

/** What HTTP calls each of core's errors. A room whose system calls one otherwise says so in a table of its own. */
export const ERROR_STATUS = {
  INTERNAL: 500,
  STORE_UNAVAILABLE: 503,
  INVALID_ARGUMENT: 400,
  INVALID_PAGINATION: 400,
  INVALID_TOKEN: 401,
  TOKEN_EXPIRED: 401,
  LOGIN_FAILED: 401,
  LOGIN_THROTTLED: 429,
  TOO_MANY_REQUESTS: 429,
  PERMISSION_DENIED: 403,
  JOB_NOT_FOUND: 404,
  JOB_NOT_FINISHED: 409,
  JOB_ALREADY_FINISHED: 409,
  JOB_EXISTS: 409,
  JOB_TAKEN: 409,
  PROGRAM_NOT_FOUND: 404,
  ACCOUNT_EXISTS: 409,
  ACCOUNT_NOT_FOUND: 404,
  SCHEDULE_NOT_FOUND: 404,
  SCHEDULE_ON_HOLD: 409,
  EXECUTION_NOT_FOUND: 404,
} as const satisfies Record<ErrorCode, number>;

/** The header that says when to come back, in whole seconds; none where the error does not know. */
export function retryAfter(error: HttpError | JobgateError): Readonly<Record<string, string>> {
  if (!(error instanceof JobgateError) || error.retryAfterMs === undefined) return {};
  return { 'Retry-After': String(Math.ceil(error.retryAfterMs / 1_000)) };
}
