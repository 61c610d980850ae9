import type { JobgateError } from '../../core/error.ts';
import { ERROR_STATUS, retryAfter } from '../../http/error-status.ts';
import { HttpError } from '../../http/http-error.ts';
import { jsonAnswer } from '../../http/json-answer.ts';
import type { Answer } from '../../http/reply.ts';

/** The room's answer to whatever goes wrong: `{"message","code"}`. */
export function errorAnswer(error: HttpError | JobgateError): Answer {
  if (error instanceof HttpError) return refusal(error.status, error.message, error.code);
  const status = ERROR_STATUS[error.code];
  const headers = {
    // RFC 9110: a 401 names the scheme that would be accepted.
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    ...retryAfter(error),
  };
  return { ...refusal(status, error.message, error.code), headers };
}

export function refusal(status: number, message: string, code: string): Answer {
  return jsonAnswer(status, { message, code });
}
