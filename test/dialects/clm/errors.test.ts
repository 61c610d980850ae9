import { describe, expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode, JobgateError } from '../../../src/core/error.ts';
import { CLM_ERRORS, toFault, toStatus } from '../../../src/dialects/clm/errors.ts';

/** The contract's table, spelt out: a published number never changes. */
const PUBLISHED = {
  SUCCESS: 0,
  SYSTEM_ERROR: 1,
  INVALID_ARGUMENT: 2,
  INVALID_TOKEN: 10,
  TOKEN_EXPIRED: 11,
  LOGIN_FAILED: 12,
  PERMISSION_DENIED: 13,
  JOB_NOT_FOUND: 20,
  JOB_NOT_FINISHED: 21,
  JOB_ALREADY_FINISHED: 22,
  PROGRAM_NOT_FOUND: 23,
  INVALID_PAGINATION: 30,
};

/** What each of core's codes is on CLM's wire. */
const SHOWN: Record<ErrorCode, `${number} ${keyof typeof PUBLISHED}`> = {
  INTERNAL: '1 SYSTEM_ERROR',
  STORE_UNAVAILABLE: '1 SYSTEM_ERROR',
  INVALID_ARGUMENT: '2 INVALID_ARGUMENT',
  INVALID_PAGINATION: '30 INVALID_PAGINATION',
  INVALID_TOKEN: '10 INVALID_TOKEN',
  TOKEN_EXPIRED: '11 TOKEN_EXPIRED',
  LOGIN_FAILED: '12 LOGIN_FAILED',
  LOGIN_THROTTLED: '12 LOGIN_FAILED',
  TOO_MANY_REQUESTS: '1 SYSTEM_ERROR',
  PERMISSION_DENIED: '13 PERMISSION_DENIED',
  JOB_NOT_FOUND: '20 JOB_NOT_FOUND',
  JOB_NOT_FINISHED: '21 JOB_NOT_FINISHED',
  JOB_ALREADY_FINISHED: '22 JOB_ALREADY_FINISHED',
  JOB_EXISTS: '2 INVALID_ARGUMENT',
  JOB_TAKEN: '2 INVALID_ARGUMENT',
  PROGRAM_NOT_FOUND: '23 PROGRAM_NOT_FOUND',
  ACCOUNT_EXISTS: '2 INVALID_ARGUMENT',
  ACCOUNT_NOT_FOUND: '2 INVALID_ARGUMENT',
  SCHEDULE_NOT_FOUND: '2 INVALID_ARGUMENT',
  SCHEDULE_ON_HOLD: '2 INVALID_ARGUMENT',
  EXECUTION_NOT_FOUND: '2 INVALID_ARGUMENT',
};

const shownOf = (code: ErrorCode) => SHOWN[code].split(' ') as [string, string];
const IN_BAND = ERROR_CODES.filter((code) => !SHOWN[code].endsWith('SYSTEM_ERROR'));
const SYSTEM = ERROR_CODES.filter((code) => SHOWN[code].endsWith('SYSTEM_ERROR'));
const SECRET = 'connect ECONNREFUSED mysql://jobgate:hunter2@db.internal:3306 at /srv/jobgate/pool.js:12';

/** Everything about an error that might reach a wire, the cause it keeps for the log left out. */
function wireTextOf(fault: object): string {
  const {
    cause: _forTheLog,
    stack: _neverSent,
    ...members
  } = Object.fromEntries(Object.getOwnPropertyNames(fault).map((name) => [name, Reflect.get(fault, name)]));
  return JSON.stringify(members);
}

test('the numbers of ClmErrors are the published ones', () => {
  expect(CLM_ERRORS).toEqual(PUBLISHED);
});

describe('in-band', () => {
  test.each(IN_BAND)('%s is its number, and its name before the text', (code) => {
    const [number, name] = shownOf(code);
    expect(toStatus(new JobgateError(code, 'what was wrong'))).toEqual({
      errorCode: Number(number),
      errorMessage: `${name}: what was wrong`,
    });
  });

  test.each(SYSTEM)('%s is a system error, never in-band', (code) => {
    expect(toStatus(new JobgateError(code, 'the store is away'))).toBeUndefined();
  });

  test.each([
    ['an error of another kind', new Error(SECRET)],
    ['one that only looks like ours', Object.assign(new Error(SECRET), { code: 'JOB_NOT_FOUND' })],
    ['a thrown string', SECRET],
    ['nothing', undefined],
  ])('%s is not in-band', (_, thrown) => {
    expect(toStatus(thrown)).toBeUndefined();
  });
});

describe('a fault', () => {
  test.each(ERROR_CODES.filter((code) => code !== 'INTERNAL'))(
    'of %s is a RemoteException that begins with its number and name',
    (code) => {
      const [number, name] = shownOf(code);
      const fault = toFault(new JobgateError(code, 'what was wrong'));
      expect(fault.message).toBe(`java.rmi.RemoteException: [${number}] ${name}: what was wrong`);
      expect(fault).toMatchObject({ code: 'Server', subcode: 'userException' });
    },
  );

  test.each([
    ['an INTERNAL error', new JobgateError('INTERNAL', SECRET)],
    ['an error of another kind', new TypeError(SECRET)],
    ['one that only looks like ours', Object.assign(new Error(SECRET), { code: 'JOB_NOT_FOUND' })],
    ['an error that holds another', new Error('outer', { cause: new Error(SECRET) })],
    ['a thrown string', SECRET],
    ['a thrown object', { message: SECRET, code: 'INVALID_ARGUMENT' }],
    ['null', null],
  ])('of %s tells nothing of it', (_, thrown) => {
    const fault = toFault(thrown);
    expect(fault.message).toBe(
      'java.rmi.RemoteException: [1] SYSTEM_ERROR: the server could not complete the operation',
    );
    expect(wireTextOf(fault)).not.toMatch(/hunter2|internal|srv|outer|ECONNREFUSED/);
  });
});
