import { ProtrakError, refusalOf } from './protrak-error.ts';

/** A token, or what is asked for one before each request. */
export type TokenSource = string | (() => string | Promise<string>);

export interface CallOptions {
  /** Ends the request, and the waiting; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface Call extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the gateway's address, without a slash before it. */
  readonly path: string;
  /** Sent as JSON; absent = no body. */
  readonly json?: unknown;
}

/** A gateway's address, and who is speaking to it. */
export class Connection {
  readonly #base: URL;
  readonly #fetch: typeof fetch;
  #token: TokenSource | undefined;

  constructor(url: string | URL, token: TokenSource | undefined, fetchWith: typeof fetch) {
    this.#base = new URL(url);
    if (!this.#base.pathname.endsWith('/')) this.#base.pathname += '/';
    this.#token = token;
    this.#fetch = fetchWith;
  }

  /** The OAuth 2 password grant; what is sent from then on carries its token. */
  async login(username: string, password: string, { signal }: CallOptions): Promise<string> {
    const response = await this.#send('token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', username, password }),
      ...(signal && { signal }),
    });
    const { access_token: token } = Object(await this.#read(response));
    if (typeof token !== 'string') throw unexpected(response);
    this.#token = token;
    return token;
  }

  /** The answer's JSON; undefined where it has no body. Throws ProtrakError. */
  async call({ method, path, json, signal }: Call): Promise<unknown> {
    const token = typeof this.#token === 'function' ? await this.#token() : this.#token;
    const response = await this.#send(path, {
      method,
      headers: {
        Accept: 'application/json',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(signal && { signal }),
    });
    return this.#read(response);
  }

  async #send(path: string, request: RequestInit): Promise<Response> {
    const send = this.#fetch;
    const response = await send(new URL(path, this.#base), request);
    if (!response.ok) throw await refusalOf(response);
    return response;
  }

  async #read(response: Response): Promise<unknown> {
    const text = await response.text();
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw unexpected(response);
    }
  }
}

/** One segment of a path. A URL has no way to say that `.` and `..` are names. */
export function segment(what: string, value: string): string {
  if (value === '' || value === '.' || value === '..') throw new TypeError(`${what} must not be "${value}"`);
  return encodeURIComponent(value);
}

function unexpected(response: Response): ProtrakError {
  return new ProtrakError(
    response.status,
    'UNEXPECTED_ANSWER',
    'the server answered with something else than JSON of the gateway',
    response.headers.get('x-request-id'),
  );
}
