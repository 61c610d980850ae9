/** An answer of the gateway's that says no. */
export class ProtrakError extends Error {
  override readonly name = 'ProtrakError';
  /** The HTTP status: 400, 401, 404, 413 … */
  readonly status: number;
  /** What went wrong, in one word, such as `JOB_NOT_FOUND`; `UNEXPECTED_ANSWER` where something else than a gateway answered. */
  readonly code: string;
  /** Names the request in the gateway's log. */
  readonly requestId: string | null;

  constructor(status: number, code: string, message: string, requestId: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

/** The gateway's refusal; where a proxy answered in its stead, as much as the status line says. */
export async function refusalOf(response: Response): Promise<ProtrakError> {
  const requestId = response.headers.get('x-request-id');
  const [code, message] = wordsOf(await response.text()) ?? [
    'UNEXPECTED_ANSWER',
    `the server answered ${response.status} ${response.statusText}`.trimEnd(),
  ];
  return new ProtrakError(response.status, code, message, requestId);
}

/** `{message, code}` of the room, or `{error, error_description}` of the log-in (RFC 6749). */
function wordsOf(text: string): [code: string, message: string] | undefined {
  const words: Record<string, unknown> = Object(parsed(text));
  const code = words['code'] ?? words['error'];
  const message = words['message'] ?? words['error_description'] ?? code;
  return typeof code === 'string' && typeof message === 'string' ? [code, message] : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
