import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { CLM_PATH, ClmClient } from '../e2e/clm-client.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { type ReadAnswers, readAnswers } from '../support/read-answers.ts';

export const PATH = CLM_PATH;
export const SOAP_1_1 = 'http://schemas.xmlsoap.org/soap/envelope/';

const ANSWERED_WITHIN_MS = 20_000;

export interface WireGateway {
  /** Everything that the gateway says until it closes the connection. `pieces` are written one by one. */
  say(...pieces: (string | Buffer)[]): Promise<ReadAnswers>;
  /** The same, said by a client that closes its side behind `bytes`. */
  sayLast(bytes: Buffer): Promise<ReadAnswers>;
  readonly port: number;
  /** Of the administrator. */
  readonly token: string;
}

/** A gateway process, without a worker. Call it where suites are declared. */
export function wireGateway(): WireGateway {
  const nodes = jobgateNodes();
  let folder: string;
  let port = 0;
  let token = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jobgate-wire-'));
    const node = await nodes.serve(`sqlite:${join(folder, 'wire.db')}`, {}, '--no-worker');
    port = node.port;
    token = (await new ClmClient(node.origin).login()).token;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return {
    say: (...pieces) => say(port, pieces),
    sayLast: (bytes) => say(port, [bytes], true),
    get port() {
      return port;
    },
    get token() {
      return token;
    },
  };
}

async function say(port: number, pieces: readonly (string | Buffer)[], last = false): Promise<ReadAnswers> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    socket.setTimeout(ANSWERED_WITHIN_MS, () => reject(new Error('the connection was not closed')));
    socket.once('end', resolve);
    socket.once('error', reject);
  });
  try {
    for (const piece of pieces) await new Promise<void>((written) => socket.write(piece, () => written()));
    if (last) socket.end();
    await ended;
    return readAnswers(Buffer.concat(chunks));
  } finally {
    socket.destroy();
  }
}

export interface Post {
  readonly path?: string;
  readonly version?: string;
  /** Whole lines, without their ends; they go before Content-Type and Content-Length. */
  readonly fields?: readonly string[];
  /** Null = none. */
  readonly contentType?: string | null;
  /** Undefined = the body's; null = none. */
  readonly length?: string | null;
  /** Whether the connection is to be kept. */
  readonly keep?: boolean;
}

/** A POST of `body`, byte for byte. */
export function post(body: string | Buffer, options: Post = {}): Buffer {
  const { path = PATH, version = '1.1', fields = [], contentType = 'text/xml; charset=utf-8' } = options;
  const bytes = Buffer.from(body);
  const { length = String(bytes.length), keep = false } = options;
  const lines = [
    `POST ${path} HTTP/${version}`,
    'Host: gateway',
    ...(keep ? [] : ['Connection: close']),
    ...fields,
    ...(contentType === null ? [] : [`Content-Type: ${contentType}`]),
    ...(length === null ? [] : [`Content-Length: ${length}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

/** A request that changes nothing, and whose answer shows which one it was: the end of a session that there is not. */
export function harmless(header = ''): string {
  return `<s:Envelope xmlns:s="${SOAP_1_1}">${header}<s:Body><logout xmlns="http://clm.cisco.com"><token><token>nobody</token></token></logout></s:Body></s:Envelope>`;
}

/** What the answers were, status by status. */
export function statuses({ answers }: ReadAnswers): number[] {
  return answers.map(({ statusLine }) => Number(statusLine.slice(9, 12)));
}
