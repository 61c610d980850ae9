import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The job as an endpoint receives it. */
export interface ReceivedJob {
  readonly id: string;
  readonly attempt: number;
  readonly callback: { readonly url: string; readonly token: string };
  readonly [member: string]: unknown;
}

export interface ReceivedCall {
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly job: ReceivedJob;
  readonly answer: ServerResponse;
}

/** An endpoint on the loopback: it notes each call and answers it as the test says. */
export class HttpEndpoint {
  readonly calls: ReceivedCall[] = [];
  readonly #server: Server;

  constructor(answer: (call: ReceivedCall, index: number) => void) {
    this.#server = createServer(async (request, response) => {
      const job = JSON.parse(await text(request)) as ReceivedJob;
      const call = { method: request.method, headers: request.headers, job, answer: response };
      this.calls.push(call);
      answer(call, this.calls.length - 1);
    });
  }

  async listen(port = 0): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/jobs`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

export function answerJson(answer: ServerResponse, status: number, body: unknown, headers = {}): void {
  answer.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  answer.end(JSON.stringify(body));
}

/** Reports as an endpoint does. */
export async function callBack(
  job: ReceivedJob,
  report: unknown,
): Promise<{ readonly status: number; readonly json: unknown }> {
  const response = await fetch(job.callback.url, {
    method: 'POST',
    headers: { Authorization: `Bearer ${job.callback.token}` },
    body: JSON.stringify(report),
  });
  return { status: response.status, json: await response.json() };
}
