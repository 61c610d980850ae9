/**
 * The closed list of what can go wrong for a caller. Each room holds a complete
 * table from these to its own system's codes.
 */
export const ERROR_CODES = [
  'INTERNAL',
  'STORE_UNAVAILABLE',
  'INVALID_ARGUMENT',
  'INVALID_PAGINATION',
  'INVALID_TOKEN',
  'TOKEN_EXPIRED',
  'LOGIN_FAILED',
  'LOGIN_THROTTLED',
  'TOO_MANY_REQUESTS',
  'PERMISSION_DENIED',
  'JOB_NOT_FOUND',
  'JOB_NOT_FINISHED',
  'JOB_ALREADY_FINISHED',
  'JOB_EXISTS',
  'JOB_TAKEN',
  'PROGRAM_NOT_FOUND',
  'ACCOUNT_EXISTS',
  'ACCOUNT_NOT_FOUND',
  'SCHEDULE_NOT_FOUND',
  'SCHEDULE_ON_HOLD',
  'EXECUTION_NOT_FOUND',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * An error whose message is meant for the caller: it says what was wrong and where,
 * and nothing of what lies inside. Whatever is not a JobgateError reaches a caller
 * as INTERNAL, without its text.
 */
export class JobgateError extends Error {
  override readonly name = 'JobgateError';
  readonly code: ErrorCode;
  /** When asking again may help, where that is known. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { readonly retryAfterMs?: number }) {
    super(message, options);
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs;
  }
}
