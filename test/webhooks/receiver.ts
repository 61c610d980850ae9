import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface ReceivedWebhook {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Distinguishes connections. */
  readonly socket: Socket;
}

/** How one request is answered; it has been read by then. */
export type Reaction = (response: ServerResponse) => void;

export const answers =
  (status: number, headers: Record<string, string> = {}): Reaction =>
  (response) =>
    response.writeHead(status, headers).end();

/** Takes the message and says nothing. */
export const stalls: Reaction = () => {};

/** Hangs up without an answer. */
export const hangsUp: Reaction = (response) => response.destroy();

/** A receiver of webhooks on the loopback interface. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly ReceivedWebhook[];
  /** For the next requests, one each; after them the last one for all. 204 where nothing was said. */
  react(...reactions: Reaction[]): void;
  close(): Promise<void>;
}

/** Listens on a free port, or on the one given, until it is closed or the test is over. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const received: ReceivedWebhook[] = [];
  let reactions: Reaction[] = [answers(204)];
  const listener: RequestListener = async (request, response) => {
    const { method = '', url: path = '', headers, socket } = request;
    const body = await text(request);
    received.push({ method, path, headers, body, socket });
    const [reaction] = reactions.length > 1 ? reactions.splice(0, 1) : reactions;
    reaction?.(response);
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closed;
  };
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=1`,
    received,
    react: (...next) => {
      reactions = next;
    },
    close,
  };
}
