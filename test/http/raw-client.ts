import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request on a connection of its own, as node:http sends it. */
export function send(
  port: number,
  path: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const req = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () =>
        resolve({
          status: res.statusCode as number,
          headers: res.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    req.on('error', reject);
    req.end(body);
  });
}

/** A bare connection: what came so far, and how it ended. */
export class RawConnection {
  readonly socket: Socket;
  received = '';
  /** 'end' = closed in order; else the error's code. */
  readonly ended: Promise<string>;

  /** From `localAddress`, if given: all of 127.0.0.0/8 are this machine's. */
  constructor(
    port: number,
    { host = '127.0.0.1', localAddress }: { host?: string; localAddress?: string } = {},
  ) {
    const from = localAddress === undefined ? {} : { localAddress };
    this.socket = connect({ host, port, allowHalfOpen: true, ...from });
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text: string) => {
      this.received += text;
    });
    this.ended = new Promise((resolve) => {
      this.socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      this.socket.once('end', () => resolve('end'));
    });
    onTestFinished(() => {
      this.socket.destroy();
    });
  }

  write(text: string | Buffer): this {
    this.socket.write(text);
    return this;
  }

  /** Waits until `text` has come. */
  async until(text: string): Promise<void> {
    while (!this.received.includes(text)) {
      const ended = await Promise.race([once(this.socket, 'data').then(() => undefined), this.ended]);
      if (ended !== undefined && !this.received.includes(text)) {
        throw new Error(`the connection ended (${ended}) before "${text}"; received: ${this.received}`);
      }
    }
  }
}

/** Sends `text` as it is and answers all that came until the server closed the connection. */
export async function speak(port: number, text: string): Promise<string> {
  const connection = new RawConnection(port).write(text);
  await connection.ended;
  connection.socket.destroy();
  return connection.received;
}
