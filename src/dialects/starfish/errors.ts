import { type ErrorCode, JobgateError } from '../../core/error.ts';
import type { HttpContext } from '../../http/exchange.ts';
import type { HttpError } from '../../http/http-error.ts';
import { publicOrigin } from '../../http/public-origin.ts';
import type { XmlNode } from '../../xml/xml-writer.ts';
import type { StarfishDocument } from './document.ts';
import type { InvalidRequest } from './model-state.ts';

/** Status, and ASP.NET's own text where there is one; null = the error's. */
const ANSWERS = {
  INTERNAL: { status: 500, message: 'An error has occurred.' },
  STORE_UNAVAILABLE: { status: 503, message: null },
  INVALID_ARGUMENT: { status: 400, message: null },
  INVALID_PAGINATION: { status: 400, message: null },
  INVALID_TOKEN: { status: 401, message: 'Authorization has been denied for this request.' },
  TOKEN_EXPIRED: { status: 401, message: 'Authorization has been denied for this request.' },
  LOGIN_FAILED: { status: 401, message: null },
  LOGIN_THROTTLED: { status: 429, message: null },
  TOO_MANY_REQUESTS: { status: 429, message: null },
  PERMISSION_DENIED: { status: 403, message: null },
  JOB_NOT_FOUND: { status: 404, message: null },
  JOB_NOT_FINISHED: { status: 409, message: null },
  JOB_ALREADY_FINISHED: { status: 409, message: null },
  JOB_EXISTS: { status: 409, message: null },
  JOB_TAKEN: { status: 409, message: null },
  PROGRAM_NOT_FOUND: { status: 404, message: null },
  ACCOUNT_EXISTS: { status: 409, message: null },
  SCHEDULE_NOT_FOUND: { status: 404, message: null },
  SCHEDULE_ON_HOLD: { status: 409, message: null },
  EXECUTION_NOT_FOUND: { status: 404, message: null },
  ACCOUNT_NOT_FOUND: { status: 404, message: null },
} as const satisfies Record<ErrorCode, { status: number; message: string | null }>;

/** What a client that is told to come back should wait where nobody knows for how long. */
const RETRY_AFTER_MS = 5_000;

export function retryAfter(ms = RETRY_AFTER_MS): { readonly 'Retry-After': string } {
  return { 'Retry-After': String(Math.ceil(ms / 1_000)) };
}

export interface ErrorAnswer {
  readonly status: number;
  readonly document: StarfishDocument;
  readonly headers: Readonly<Record<string, string>>;
}

/** In ASP.NET Web API's form and, where it has one, its words. */
export function errorAnswer(ctx: HttpContext, error: HttpError | JobgateError): ErrorAnswer {
  if (!(error instanceof JobgateError)) {
    return { status: error.status, document: errorDocument(httpMessage(ctx, error)), headers: {} };
  }
  const { status, message } = ANSWERS[error.code];
  return {
    status,
    document: errorDocument(message ?? error.message),
    headers: headersOf(status, error.retryAfterMs),
  };
}

/** `{"Message":…}`, with the mistakes of each member where the request had any. */
export function errorDocument(message: string, modelState?: InvalidRequest['modelState']): StarfishDocument {
  return {
    json: () => ({ Message: message, ...(modelState && { ModelState: modelState }) }),
    xml: () => ({
      name: 'Error',
      content: [
        { name: 'Message', content: message },
        ...(modelState
          ? [{ name: 'ModelState', content: Object.entries(modelState).map(modelStateNode) }]
          : []),
      ],
    }),
  };
}

/** ASP.NET writes the texts of one member behind each other. */
function modelStateNode([member, errors]: [string, readonly string[]]): XmlNode {
  return { name: member, content: errors.join(' ') };
}

function httpMessage(ctx: HttpContext, { code, message }: HttpError): string {
  switch (code) {
    case 'NOT_FOUND':
      // Without the query: that is where a token may be.
      return `No HTTP resource was found that matches the request URI '${publicOrigin(ctx)}${ctx.path}'.`;
    case 'METHOD_NOT_ALLOWED':
      return `The requested resource does not support http method '${ctx.method}'.`;
    default:
      return message;
  }
}

function headersOf(status: number, retryAfterMs: number | undefined): Readonly<Record<string, string>> {
  if (status === 401) return { 'WWW-Authenticate': 'Bearer' };
  return status === 503 || status === 429 ? retryAfter(retryAfterMs) : {};
}
