import type { JobgateError } from '../../core/error.ts';
import { ERROR_STATUS } from '../../http/error-status.ts';
import { HttpError } from '../../http/http-error.ts';
import { jsonAnswer } from '../../http/json-answer.ts';
import type { Answer } from '../../http/reply.ts';

/** `{"error"}`, whatever goes wrong. */
export function errorAnswer(error: HttpError | JobgateError): Answer {
  const status = error instanceof HttpError ? error.status : ERROR_STATUS[error.code];
  const answer = jsonAnswer(status, { error: error.message });
  // RFC 9110: a 401 names the scheme that would be accepted.
  return status === 401 ? { ...answer, headers: { 'WWW-Authenticate': 'Bearer' } } : answer;
}
