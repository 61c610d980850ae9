import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const STATUS_BY_CODE: ReadonlyMap<string | undefined, number> = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
]);
/** For the client to read the answer and close; destroying at once would reset the connection under it. */
const CLOSE_WITHIN_MS = 1_000;

/** Answers what never became a request: 400, 408, 413 or 431 in plain text. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket, answerBegun: boolean): void {
  if (answerBegun) socket.destroy();
  else endWith(STATUS_BY_CODE.get(error.code) ?? 400, socket);
}

/** The last words on a connection: a status and its name in plain text. */
export function endWith(status: number, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = `${STATUS_CODES[status]}\n`;
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n'),
  );
  const timer = setTimeout(() => socket.destroy(), CLOSE_WITHIN_MS);
  socket.once('close', () => clearTimeout(timer));
}
