import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'undici';
import type { LoadRequest } from './http-load.ts';

export interface Polls {
  /** How many clients; each has a connection and asks for the same thing over and over. */
  readonly clients: number;
  readonly everyMs: number;
  readonly ms: number;
  readonly request: (client: number) => LoadRequest;
  /** Whether a client says which state it knows (If-None-Match). */
  readonly conditional: boolean;
  /** Throws where an answer is not what it should be. */
  readonly check: (status: number, body: string) => void;
}

interface Answer {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: string;
}

/** Clients that ask at a steady pace, spread evenly over it: what each answer took, ms, and the statuses. */
export async function poll(origin: string, polls: Polls): Promise<{ times: number[]; statuses: number[] }> {
  const times: number[] = [];
  const statuses: number[] = [];
  const begun = performance.now();
  const run = async (number: number) => {
    const client = new Client(origin);
    const { headers, ...request } = polls.request(number);
    let known: string | undefined;
    let due = begun + (number * polls.everyMs) / polls.clients;
    for (; due < begun + polls.ms; due += polls.everyMs) {
      await pause(Math.max(0, due - performance.now()));
      const condition = polls.conditional && known !== undefined ? { 'if-none-match': known } : {};
      const asked = performance.now();
      const { status, etag, body } = await ask(client, { ...request, headers: { ...headers, ...condition } });
      times.push(performance.now() - asked);
      statuses.push(status);
      if (status !== 304) polls.check(status, body);
      known = etag;
    }
    await client.close();
  };
  await Promise.all(Array.from({ length: polls.clients }, (_, number) => run(number)));
  return { times, statuses };
}

function ask(client: Client, request: LoadRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let etag: string | undefined;
    let body = '';
    client.dispatch(
      { ...request, headers: { ...request.headers }, body: request.body ?? null },
      {
        onRequestStart() {},
        onResponseStart(_controller, statusCode, headers) {
          status = statusCode;
          etag = headers['etag'] as string | undefined;
        },
        onResponseData(_controller, chunk) {
          body += chunk.toString('latin1');
        },
        onResponseEnd: () => resolve({ status, etag, body }),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
