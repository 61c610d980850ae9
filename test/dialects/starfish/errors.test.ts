import { expect, test } from 'vitest';
import { ERROR_CODES, JobgateError } from '../../../src/core/error.ts';
import { errorAnswer } from '../../../src/dialects/starfish/errors.ts';
import type { HttpContext } from '../../../src/http/exchange.ts';

/** Only what the HTTP layer refuses is told with the request's address. */
const NO_CONTEXT = {} as HttpContext;

const answerTo = (error: JobgateError) => {
  const { status, headers, document } = errorAnswer(NO_CONTEXT, error);
  return { status, headers, json: document.json() };
};

test('every error of core has a status that says whose fault it is', () => {
  const statuses = ERROR_CODES.map((code) => [code, answerTo(new JobgateError(code, 'x')).status]);
  expect(Object.fromEntries(statuses)).toMatchObject({
    ...{
      INTERNAL: 500,
      STORE_UNAVAILABLE: 503,
      INVALID_ARGUMENT: 400,
      INVALID_TOKEN: 401,
      TOKEN_EXPIRED: 401,
    },
    ...{ PERMISSION_DENIED: 403, LOGIN_THROTTLED: 429, JOB_NOT_FOUND: 404, PROGRAM_NOT_FOUND: 404 },
  });
  expect(statuses.filter(([, status]) => Number(status) >= 500)).toHaveLength(2);
});

test('an unexpected error is answered as ASP.NET does, without its text', () => {
  expect(answerTo(new JobgateError('INTERNAL', 'secret'))).toEqual({
    ...{ status: 500, headers: {} },
    json: { Message: 'An error has occurred.' },
  });
});

test('while the store is away a client is told when to come back', () => {
  expect(answerTo(new JobgateError('STORE_UNAVAILABLE', 'the job store is away'))).toEqual({
    ...{ status: 503, headers: { 'Retry-After': '5' } },
    json: { Message: 'the job store is away' },
  });
});
