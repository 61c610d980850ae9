import { type ErrorCode, JobgateError } from '../../core/error.ts';
import type { HttpContext } from '../../http/exchange.ts';
import type { HttpError } from '../../http/http-error.ts';
import type { Answer } from '../../http/reply.ts';
import { documentAnswer } from './answer.ts';
import { CHALLENGE } from './authenticate.ts';
import { errorForm } from './format.ts';
import type { JsonDates } from './wire-json.ts';

/** "404 unknown, 401 not allowed, 406, 400 unparsable"; the rest is HTTP's. */
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
  PROGRAM_NOT_FOUND: 400,
  ACCOUNT_EXISTS: 409,
  ACCOUNT_NOT_FOUND: 404,
  SCHEDULE_NOT_FOUND: 404,
  SCHEDULE_ON_HOLD: 409,
  EXECUTION_NOT_FOUND: 404,
} as const satisfies Record<ErrorCode, number>;

/** The error in the form that the answer would have had. */
export function errorAnswer(ctx: HttpContext, error: HttpError | JobgateError, dates: JsonDates): Answer {
  const status = error instanceof JobgateError ? STATUS[error.code] : error.status;
  const document = { kind: 'error', error: { status, message: error.message } } as const;
  return documentAnswer(status, document, errorForm(ctx), dates, {
    ...(status === 401 ? { 'WWW-Authenticate': CHALLENGE } : {}),
    ...retryAfter(error),
  });
}

function retryAfter(error: HttpError | JobgateError): Record<string, string> {
  if (!(error instanceof JobgateError) || error.retryAfterMs === undefined) return {};
  return { 'Retry-After': String(Math.ceil(error.retryAfterMs / 1_000)) };
}
