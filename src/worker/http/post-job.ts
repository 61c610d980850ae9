import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';

/** What an endpoint answered. */
export interface EndpointAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** At most as many bytes as were asked for, and one more where there were more. */
  readonly body: Buffer;
}

/** The endpoint was not reached: it knows nothing of the job. */
export class NotReached extends Error {
  override readonly name = 'NotReached';
}

/**
 * Posts JSON, and reads at most `longest` bytes of the answer. Takes as long as the endpoint does, until `signal`
 * aborts. Redirects are answers like any other. Throws NotReached before a connection stood, else an Error.
 */
export function postJson(
  url: string,
  headers: Readonly<Record<string, string>>,
  json: string,
  { longest, signal }: { longest: number; signal: AbortSignal },
): Promise<EndpointAnswer> {
  return new Promise((resolve, reject) => {
    const { protocol } = new URL(url);
    const body = Buffer.from(json);
    let connected = false;
    const request = (protocol === 'https:' ? secureRequest : plainRequest)(url, {
      method: 'POST',
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': body.length,
        Accept: 'application/json',
      },
      // A connection kept from an earlier job may be closed by the endpoint just as this one is sent.
      agent: false,
      signal,
    });
    request.on('socket', (socket) => {
      socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        connected = true;
      });
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const text = error.message || error.code || 'the connection failed';
      reject(connected ? new Error(text) : new NotReached(text));
    });
    request.on('response', (response) => {
      readAnswer(response, longest).then(resolve, reject);
    });
    request.end(body);
  });
}

async function readAnswer(response: IncomingMessage, longest: number): Promise<EndpointAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longest) break;
  }
  const body = Buffer.concat(chunks).subarray(0, longest + 1);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}
