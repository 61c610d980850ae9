import type { ErrorCode, JobgateError } from '../../core/error.ts';
import { HttpError } from '../../http/http-error.ts';

/** The original's error form is not published; this one is ours. `code` is stable, `message` is for people. */
export interface PyramidError {
  readonly error: { readonly message: string; readonly code: string };
}

export const HTTP_STATUS = {
  INTERNAL: 500,
  STORE_UNAVAILABLE: 503,
  INVALID_ARGUMENT: 400,
  INVALID_PAGINATION: 400,
  INVALID_TOKEN: 401,
  TOKEN_EXPIRED: 401,
  LOGIN_FAILED: 401,
  LOGIN_THROTTLED: 429,
  PERMISSION_DENIED: 403,
  JOB_NOT_FOUND: 404,
  JOB_NOT_FINISHED: 409,
  JOB_ALREADY_FINISHED: 409,
  JOB_EXISTS: 409,
  JOB_TAKEN: 409,
  PROGRAM_NOT_FOUND: 400,
  ACCOUNT_EXISTS: 409,
  ACCOUNT_NOT_FOUND: 404,
  SCHEDULE_NOT_FOUND: 404,
  SCHEDULE_ON_HOLD: 409,
  EXECUTION_NOT_FOUND: 404,
} as const satisfies Record<ErrorCode, number>;

export function statusOf(error: HttpError | JobgateError): number {
  return error instanceof HttpError ? error.status : HTTP_STATUS[error.code];
}

export function toPyramidError({ message, code }: HttpError | JobgateError): PyramidError {
  return { error: { message, code } };
}
