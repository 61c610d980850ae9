import { Agent, request } from 'node:http';

export interface SoakAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface SoakRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks one gateway, on as many kept connections as are used at once. Rejects where there is no answer. */
export class SoakClient {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #port: number;
  /** Answers so far, by status. */
  readonly statuses = new Map<number, number>();

  constructor(port: number) {
    this.#port = port;
  }

  get total(): number {
    return [...this.statuses.values()].reduce((sum, count) => sum + count, 0);
  }

  async ask(path: string, { method, headers = {}, body }: SoakRequest = {}): Promise<SoakAnswer> {
    const answer = await this.#send(path, method ?? (body === undefined ? 'GET' : 'POST'), headers, body);
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    return answer;
  }

  #send(
    path: string,
    method: string,
    headers: Readonly<Record<string, string>>,
    body: string | undefined,
  ): Promise<SoakAnswer> {
    return new Promise((resolve, reject) => {
      const req = request({ host: '127.0.0.1', port: this.#port, path, method, headers, agent: this.#agent });
      req.once('error', reject);
      req.once('response', (res) => {
        let text = '';
        res.setEncoding('utf8');
        res.on('data', (chunk: string) => {
          text += chunk;
        });
        res.once('error', reject);
        res.once('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: text }));
      });
      req.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
