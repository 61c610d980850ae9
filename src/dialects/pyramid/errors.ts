import type { ErrorCode, JobgateError } from '../../core/error.ts';
import { ERROR_STATUS } from '../../http/error-status.ts';
import { HttpError } from '../../http/http-error.ts';

/** The original's error form is not published; this one is ours. `code` is stable, `message` is for people. */
export interface PyramidError {
  readonly error: { readonly message: string; readonly code: string };
}

export const HTTP_STATUS = {
  ...ERROR_STATUS,
  // The program is a member of the request's body, not what its address names.
  PROGRAM_NOT_FOUND: 400,
} as const satisfies Record<ErrorCode, number>;

export function statusOf(error: HttpError | JobgateError): number {
  return error instanceof HttpError ? error.status : HTTP_STATUS[error.code];
}

export function toPyramidError({ message, code }: HttpError | JobgateError): PyramidError {
  return { error: { message, code } };
}
