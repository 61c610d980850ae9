/** What the HTTP layer itself refuses, before or beside any room. */
export type HttpErrorCode =
  | 'BODY_CORRUPT'
  | 'BODY_MALFORMED'
  | 'BODY_TOO_LARGE'
  | 'CHARSET_UNSUPPORTED'
  | 'CONTENT_ENCODING_UNSUPPORTED'
  | 'MEDIA_TYPE_UNSUPPORTED'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'NOT_FOUND'
  | 'PRECONDITION_FAILED'
  | 'TARGET_MALFORMED'
  | 'TOO_BUSY'
  | 'TRANSFER_ENCODING_UNSUPPORTED';

/** The message is meant for the client; `headers` go out with the answer, whoever renders it. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: HttpErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: HttpErrorCode,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The client left before its request was whole: there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}
