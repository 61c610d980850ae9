/** A response as it came, less the framing of its body. */
export interface RawResponse {
  readonly statusLine: string;
  /** Names in lower case; of a name that came twice, the values joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export interface ReadAnswers {
  /** In the order in which they came, interim ones (1xx) left out. */
  readonly answers: readonly RawResponse[];
  /** How many interim ones came. */
  readonly interim: number;
  /** What is no whole answer: empty, unless one is still on its way or what came is no HTTP. */
  readonly rest: Buffer;
}

/** Reads what has come on a connection. `ended` = nothing more will; `toHead` = the requests were HEAD. */
export function readAnswers(bytes: Buffer, { ended = true, toHead = false } = {}): ReadAnswers {
  const answers: RawResponse[] = [];
  let interim = 0;
  for (let rest = bytes; ; ) {
    const read = readAnswer(rest, ended, toHead);
    if (read === undefined) return { answers, interim, rest };
    rest = rest.subarray(read.length);
    if (/^HTTP\/1\.1 1/.test(read.answer.statusLine)) interim += 1;
    else answers.push(read.answer);
  }
}

/** The first answer and how many bytes it takes; undefined where it is not whole. */
function readAnswer(
  bytes: Buffer,
  ended: boolean,
  toHead: boolean,
): { answer: RawResponse; length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [statusLine = '', ...fields] = bytes.toString('latin1', 0, end).split('\r\n');
  if (!/^HTTP\/1\.1 [1-5]\d\d /.test(statusLine)) return undefined;
  const headers = new Map<string, string>();
  for (const field of fields) {
    const colon = field.indexOf(':');
    const name = field.slice(0, colon).toLowerCase();
    const value = field.slice(colon + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  const rest = bytes.subarray(end + 4);
  const read =
    toHead || /^HTTP\/1\.1 (1\d\d|204|304) /.test(statusLine)
      ? { body: Buffer.alloc(0), length: 0 }
      : readBody(rest, headers, ended);
  return read && { answer: { statusLine, headers, body: read.body }, length: end + 4 + read.length };
}

function readBody(
  bytes: Buffer,
  headers: ReadonlyMap<string, string>,
  ended: boolean,
): { body: Buffer; length: number } | undefined {
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(bytes);
  const length = headers.get('content-length');
  if (length === undefined) return ended ? { body: bytes, length: bytes.length } : undefined;
  return bytes.length < Number(length)
    ? undefined
    : { body: bytes.subarray(0, Number(length)), length: Number(length) };
}

/** Undefined where they are cut short. */
function readChunks(framed: Buffer): { body: Buffer; length: number } | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = framed.indexOf('\r\n', at);
    const size = lineEnd === -1 ? Number.NaN : Number.parseInt(framed.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (!(next <= framed.length)) return undefined;
    if (size === 0) return { body: Buffer.concat(chunks), length: next };
    chunks.push(framed.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}
