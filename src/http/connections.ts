import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Requests on one connection that may wait for their answers at once. Nearly no client pipelines, but one that
 * sent 30,000 requests with `?wait` on one connection took 1.2 GB.
 */
const MOST_UNANSWERED = 100;

/**
 * The open connections and what is being answered on each (several answers where a client
 * pipelines). Node's own closeIdleConnections, which server.close() calls, takes a connection
 * for idle as soon as end() has been called on its answer: of 30 MB to a client that had
 * not read yet, 4 arrived.
 */
export class Connections {
  readonly #answers = new Map<Socket, ServerResponse[]>();
  readonly #ending = new WeakSet<Socket>();
  #stopping = false;

  opened(socket: Socket): void {
    const answers: ServerResponse[] = [];
    this.#answers.set(socket, answers);
    socket.once('close', () => {
      this.#answers.delete(socket);
      for (const res of [...answers]) endUnsent(res);
    });
  }

  /** False where the request is one too many on its connection, which is then cut. */
  begin(socket: Socket, res: ServerResponse): boolean {
    const answers = this.#answers.get(socket) ?? [];
    if (answers.length === MOST_UNANSWERED) {
      socket.destroy();
      return false;
    }
    answers.push(res);
    if (this.#stopping) res.setHeader('Connection', 'close');
    res.once('close', () => {
      answers.splice(answers.indexOf(res), 1);
      // An answer whose head had gone out before the stop promised to keep the connection.
      if (this.#stopping && answers.length === 0) socket.destroySoon();
    });
    return true;
  }

  /**
   * Calls `end`, which is to end the connection, once every request that came whole before what went wrong has
   * been answered: 400 at once would pass for the first one's answer. Only the first call for a connection counts.
   */
  endAfterWholeRequests(socket: Socket, end: () => void): void {
    if (this.#ending.has(socket)) return;
    this.#ending.add(socket);
    const last = this.#answers.get(socket)?.findLast((res) => res.req.complete);
    if (last) last.once('close', end);
    else end();
  }

  /** Whether something of an answer has gone out to which nothing else may be added. */
  hasBegunAnswer(socket: Socket): boolean {
    return this.#answers.get(socket)?.some((res) => res.headersSent) ?? false;
  }

  /** Closes those on which nothing is being answered; the others close with their last answer. */
  stop(): void {
    this.#stopping = true;
    for (const [socket, answers] of this.#answers) {
      if (answers.length === 0) socket.destroySoon();
      for (const res of answers) if (!res.headersSent) res.setHeader('Connection', 'close');
    }
  }
}

/**
 * Node tells only the answer whose turn it is that its connection has closed. One that waits behind it, where
 * a client pipelines, would wait forever, with the request's body and the source of a streamed answer.
 */
function endUnsent(res: ServerResponse): void {
  if (res.socket !== null || res.writableFinished) return;
  res.destroy();
  res.emit('close');
}
