import type { ErrorCode, JobgateError } from '../../core/error.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Answer } from '../../http/reply.ts';
import { jsonAnswer } from './json-answer.ts';

/** HTTP statuses. The code in the body is core's own, or that of what HTTP itself refuses. */
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

/** The room's answer to whatever goes wrong: `{"message","code"}`. */
export function errorAnswer(error: HttpError | JobgateError): Answer {
  if (error instanceof HttpError) return refusal(error.status, error.message, error.code);
  const status = STATUS[error.code];
  const answer = refusal(status, error.message, error.code);
  // RFC 9110: a 401 names the scheme that would be accepted.
  return status === 401 ? { ...answer, headers: { 'WWW-Authenticate': 'Bearer' } } : answer;
}

export function refusal(status: number, message: string, code: string): Answer {
  return jsonAnswer(status, { message, code });
}
