import { type ErrorCode, JobgateError } from '../../core/error.ts';
import { ERROR_STATUS, retryAfter } from '../../http/error-status.ts';
import type { HttpContext } from '../../http/exchange.ts';
import type { HttpError } from '../../http/http-error.ts';
import type { Answer } from '../../http/reply.ts';
import { documentAnswer } from './answer.ts';
import { CHALLENGE } from './authenticate.ts';
import { errorForm } from './format.ts';
import type { JsonDates } from './wire-json.ts';

/** "404 unknown, 401 not allowed, 406, 400 unparsable"; the rest is HTTP's. */
const STATUS = {
  ...ERROR_STATUS,
  // The program is named in a parameter, not by the address.
  PROGRAM_NOT_FOUND: 400,
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
