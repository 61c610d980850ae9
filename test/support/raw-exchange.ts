import { connect } from 'node:net';

/** A response as it came, less the framing of its body. */
export interface RawResponse {
  readonly statusLine: string;
  /** Names in lower case; of a name that came twice, the values joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const ANSWER_WITHIN_MS = 10_000;

/**
 * Sends `request` byte for byte on a connection of its own and reads until the server closes it,
 * which the request has to ask for. Interim responses (1xx) are passed over. Rejects when what
 * comes is no whole HTTP response, or says another Content-Length than it has.
 */
export async function rawExchange(port: number, request: Buffer): Promise<RawResponse> {
  return parseResponse(await converse(port, request), request.toString('latin1', 0, 5) === 'HEAD ');
}

function converse(port: number, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    socket.setTimeout(ANSWER_WITHIN_MS, () =>
      socket.destroy(new Error(`no whole answer within ${ANSWER_WITHIN_MS} ms`)),
    );
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('end', () => {
      socket.destroy();
      resolve(Buffer.concat(chunks));
    });
    socket.write(request);
  });
}

function parseResponse(bytes: Buffer, toHead: boolean): RawResponse {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) throw new Error(`no HTTP response: ${JSON.stringify(bytes.toString('latin1', 0, 200))}`);
  const [statusLine = '', ...fields] = bytes.toString('latin1', 0, end).split('\r\n');
  const rest = bytes.subarray(end + 4);
  if (/^HTTP\/1\.[01] 1\d\d /.test(statusLine)) return parseResponse(rest, toHead);
  const headers = new Map<string, string>();
  for (const field of fields) {
    const colon = field.indexOf(':');
    const name = field.slice(0, colon).toLowerCase();
    const value = field.slice(colon + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  if (headers.get('transfer-encoding') === 'chunked') return { statusLine, headers, body: joinChunks(rest) };
  const length = headers.get('content-length');
  if (length !== undefined && Number(length) !== (toHead ? Number(length) : rest.length)) {
    throw new Error(`Content-Length is ${length}, but ${rest.length} bytes came`);
  }
  return { statusLine, headers, body: rest };
}

function joinChunks(framed: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = framed.indexOf('\r\n', at);
    const size = lineEnd === -1 ? Number.NaN : Number.parseInt(framed.toString('latin1', at, lineEnd), 16);
    if (!Number.isInteger(size)) throw new Error('the chunked body is cut short');
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(framed.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
