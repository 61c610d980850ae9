import type { ErrorCode, JobgateError } from '../../core/error.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Answer } from '../../http/reply.ts';

const STATUS = {
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
  PROGRAM_NOT_FOUND: 404,
  ACCOUNT_EXISTS: 409,
  ACCOUNT_NOT_FOUND: 404,
  SCHEDULE_NOT_FOUND: 404,
  SCHEDULE_ON_HOLD: 409,
  EXECUTION_NOT_FOUND: 404,
} as const satisfies Record<ErrorCode, number>;

/** `{"error"}`, whatever goes wrong. */
export function errorAnswer(error: HttpError | JobgateError): Answer {
  const status = error instanceof HttpError ? error.status : STATUS[error.code];
  const answer = jsonAnswer(status, { error: error.message });
  // RFC 9110: a 401 names the scheme that would be accepted.
  return status === 401 ? { ...answer, headers: { 'WWW-Authenticate': 'Bearer' } } : answer;
}

export function jsonAnswer(status: number, body: object): Answer {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
