import type { JobgateError } from '../../core/error.ts';
import { ERROR_STATUS } from '../../http/error-status.ts';
import { HttpError } from '../../http/http-error.ts';
import { jsonAnswer } from '../../http/json-answer.ts';
import type { Answer } from '../../http/reply.ts';

/** The room's answer to whatever goes wrong: `{"message","code"}`. */
export function errorAnswer(error: HttpError | JobgateError): Answer {
  if (error instanceof HttpError) return refusal(error.status, error.message, error.code);
  const status = ERROR_STATUS[error.code];
  const answer = refusal(status, error.message, error.code);
  // RFC 9110: a 401 names the scheme that would be accepted.
  return status === 401 ? { ...answer, headers: { 'WWW-Authenticate': 'Bearer' } } : answer;
}

export function refusal(status: number, message: string, code: string): Answer {
  return jsonAnswer(status, { message, code });
}
