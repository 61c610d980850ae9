import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CLM_PATH, type ClmClient, envelope } from './clm-client.ts';

export interface ReadList {
  readonly total: number;
  /** Items of the form that a filled group has, each with the next target, from `t0` on. */
  readonly inOrder: number;
  /** Nothing stood before, between or behind them but what belongs there. */
  readonly whole: boolean;
}

/** Of fillGroup's records. */
const ITEM =
  /<item><recordId>\d+-(\d+)<\/recordId><jobId>filled<\/jobId><jobGroup>\w+<\/jobGroup><id>t\1<\/id><errorCode>0<\/errorCode><errorMessage xsi:nil="true"\/><username>admin<\/username><created>2023-11-14T22:13:20\.000Z<\/created><status xsi:nil="true"\/><\/item>/y;
const END =
  '</items></listPersistentIDStatusByGroupResult></listPersistentIDStatusByGroupResponse></soap:Body></soap:Envelope>';

/**
 * Asks for a group's records in HTTP/1.0, whose answer comes without chunks and ends with its
 * connection, and checks them as they come: a million of them are never held at once.
 */
export class SlowReader {
  readonly socket: Socket;
  bytes = 0;
  readonly #closed: Promise<unknown>;
  #pending = '';
  #head = '';
  #inOrder = 0;

  constructor(client: ClmClient, page: string) {
    const { hostname, port } = new URL(client.origin);
    const body = envelope('listPersistentIDStatusByGroup', client.tokenElement + page);
    this.socket = connect(Number(port), hostname);
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text: string) => this.#read(text));
    this.#closed = once(this.socket, 'close');
    this.socket.write(
      `POST ${CLM_PATH} HTTP/1.0\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  }

  /** Settles when the first bytes have come. */
  async begun(): Promise<void> {
    await once(this.socket, 'data');
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  async ended(): Promise<ReadList> {
    await this.#closed;
    return {
      total: Number(/<total>(\d+)<\/total><items>$/.exec(this.#head)?.[1]),
      inOrder: this.#inOrder,
      whole: this.#head.startsWith('HTTP/1.1 200 OK\r\n') && this.#pending === END,
    };
  }

  #read(text: string): void {
    this.bytes += text.length;
    this.#pending += text;
    if (this.#head === '') {
      const first = this.#pending.indexOf('<item>');
      if (first === -1) return;
      this.#head = this.#pending.slice(0, first);
      this.#pending = this.#pending.slice(first);
    }
    let at = 0;
    for (;;) {
      ITEM.lastIndex = at;
      const item = ITEM.exec(this.#pending);
      if (!item || Number(item[1]) !== this.#inOrder) break;
      this.#inOrder += 1;
      at = ITEM.lastIndex;
    }
    this.#pending = this.#pending.slice(at);
  }
}
