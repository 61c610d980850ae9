import { expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode, JobgateError } from '../../../src/core/error.ts';
import { errorAnswer } from '../../../src/dialects/protrak/errors.ts';
import { HttpError } from '../../../src/http/http-error.ts';

/** What each of core's codes is on the wire. */
const SHOWN: Record<ErrorCode, number> = {
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
};

test.each(ERROR_CODES)('%s is its status, with message and code in the body', (code) => {
  const answer = errorAnswer(new JobgateError(code, 'what was "wrong"'));
  expect(answer).toMatchObject({
    status: SHOWN[code],
    contentType: 'application/json; charset=utf-8',
    body: `{"message":"what was \\"wrong\\"","code":"${code}"}`,
  });
});

test.each(ERROR_CODES)('%s names the scheme if, and only if, it is a 401', (code) => {
  const { headers } = errorAnswer(new JobgateError(code, 'what was wrong'));
  expect(headers?.['WWW-Authenticate']).toBe(SHOWN[code] === 401 ? 'Bearer' : undefined);
});

test('what HTTP itself refuses has the same form', () => {
  const answer = errorAnswer(new HttpError(405, 'METHOD_NOT_ALLOWED', 'this address takes GET'));
  expect(answer).toMatchObject({
    status: 405,
    contentType: 'application/json; charset=utf-8',
    body: '{"message":"this address takes GET","code":"METHOD_NOT_ALLOWED"}',
  });
});
