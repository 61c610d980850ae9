import { type ErrorCode, JobgateError } from '../../core/error.ts';
import { SoapFault } from '../../soap/soap-fault.ts';
import type { Status } from './wire.ts';

/** ClmErrors. Only SUCCESS = 0 is Cisco's (by implication); the rest is our reconstruction, fixed for good. */
export const CLM_ERRORS = {
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
} as const;

export type ClmErrorName = keyof typeof CLM_ERRORS;

const NAMES = {
  INTERNAL: 'SYSTEM_ERROR',
  STORE_UNAVAILABLE: 'SYSTEM_ERROR',
  INVALID_ARGUMENT: 'INVALID_ARGUMENT',
  INVALID_PAGINATION: 'INVALID_PAGINATION',
  INVALID_TOKEN: 'INVALID_TOKEN',
  TOKEN_EXPIRED: 'TOKEN_EXPIRED',
  LOGIN_FAILED: 'LOGIN_FAILED',
  LOGIN_THROTTLED: 'LOGIN_FAILED',
  // A RemoteException, which clients try again after; a number of its own none would know.
  TOO_MANY_REQUESTS: 'SYSTEM_ERROR',
  PERMISSION_DENIED: 'PERMISSION_DENIED',
  JOB_NOT_FOUND: 'JOB_NOT_FOUND',
  JOB_NOT_FINISHED: 'JOB_NOT_FINISHED',
  JOB_ALREADY_FINISHED: 'JOB_ALREADY_FINISHED',
  JOB_EXISTS: 'INVALID_ARGUMENT',
  JOB_TAKEN: 'INVALID_ARGUMENT',
  PROGRAM_NOT_FOUND: 'PROGRAM_NOT_FOUND',
  ACCOUNT_EXISTS: 'INVALID_ARGUMENT',
  ACCOUNT_NOT_FOUND: 'INVALID_ARGUMENT',
  SCHEDULE_NOT_FOUND: 'INVALID_ARGUMENT',
  SCHEDULE_ON_HOLD: 'INVALID_ARGUMENT',
  EXECUTION_NOT_FOUND: 'INVALID_ARGUMENT',
} as const satisfies Record<ErrorCode, ClmErrorName>;

/**
 * An operation error as it stands in an answer (HTTP 200). Undefined for a system error,
 * which is never in-band: "if a system error prevents the operation from completing, a
 * RemoteException is thrown".
 */
export function toStatus(error: unknown): Status | undefined {
  if (!(error instanceof JobgateError)) return undefined;
  const name = NAMES[error.code];
  if (name === 'SYSTEM_ERROR') return undefined;
  return { errorCode: CLM_ERRORS[name], errorMessage: `${name}: ${error.message}` };
}

/** Axis's form of a RemoteException. What is not a JobgateError keeps its text to itself. */
export function toFault(error: unknown): SoapFault {
  const known = error instanceof JobgateError && error.code !== 'INTERNAL' ? error : undefined;
  const name = known ? NAMES[known.code] : 'SYSTEM_ERROR';
  const text = known ? known.message : 'the server could not complete the operation';
  return new SoapFault('Server', `java.rmi.RemoteException: [${CLM_ERRORS[name]}] ${name}: ${text}`, {
    subcode: 'userException',
  });
}
