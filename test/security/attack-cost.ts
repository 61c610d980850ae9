import { expect } from 'vitest';
import { type Response, send } from '../http/raw-client.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';
import { sendRaw } from './send-raw.ts';

/** One request, whole: of HTTP as it should be, or bytes as they go out. */
export type AttackRequest = HttpRequest | RawRequest;

export interface HttpRequest {
  readonly path: string;
  /** POST unless told otherwise. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

interface RawRequest {
  readonly raw: string;
  /** The client waits for no more than this; else until the server has closed the connection. */
  readonly until?: string;
}

/** What such a request is as clients send it, to about that many bytes. */
export interface UsualRequest {
  readonly kind: string;
  build(gateway: GatewayUnderAttack, bytes: number): HttpRequest;
}

/** A sample is of so many requests that what else the process does is little beside them. */
const SAMPLE_BYTES = 65_536;
const MOST_IN_SAMPLE = 4;
/** Of a usual request: the first dozen are dear, since their code has not been compiled yet (200 KB of CLM: 75 ms, then 6). */
const MOST_USUAL_SAMPLES = 12;
const LEAST_USUAL_SAMPLES = 4;
const USUAL_BYTES = 3_000_000;

/** On a connection of its own. Of what was asked raw, the body is all that came behind the first head; without an answer the status is 0. */
export async function ask(gateway: GatewayUnderAttack, request: AttackRequest): Promise<Response> {
  if ('raw' in request) {
    const [head = '', ...rest] = (await sendRaw(gateway.port, request.raw, request.until)).split('\r\n\r\n');
    const [, status = 0] = /^HTTP\/1\.1 (\d+) /.exec(head) ?? [];
    return { status: Number(status), headers: {}, body: rest.join('\r\n\r\n') };
  }
  const { path, method = 'POST', headers = {}, body } = request;
  return send(gateway.port, path, { method, headers: { ...headers }, ...(body !== undefined && { body }) });
}

/**
 * Processor time that the gateway takes for one such request, in ms, as one sample of some. It is compared by the
 * least of several: the compiler, the collector and other processes can only add to one. A blow-up is in every one.
 */
export async function costOf(
  gateway: GatewayUnderAttack,
  request: AttackRequest,
  check: (answer: Response) => void,
): Promise<number> {
  const count = Math.max(1, Math.min(MOST_IN_SAMPLE, Math.round(SAMPLE_BYTES / sizeOf(request))));
  const before = gateway.processorTime();
  for (let sent = 0; sent < count; sent += 1) check(await ask(gateway, request));
  return (gateway.processorTime() - before) / count;
}

/** The same for a usual request of so many bytes, to a tenth: it is measured once for all that are as large. */
export async function usualCost(
  gateway: GatewayUnderAttack,
  { kind, build }: UsualRequest,
  bytes: number,
): Promise<number> {
  const rounded = Number(Math.max(1_024, bytes).toPrecision(2));
  const key = `${kind} ${rounded}`;
  const known = gateway.usualCosts.get(key);
  if (known !== undefined) return known;
  const request = build(gateway, rounded);
  const samples = Math.max(LEAST_USUAL_SAMPLES, Math.min(MOST_USUAL_SAMPLES, USUAL_BYTES / rounded));
  let least = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < samples; sample += 1) {
    const cost = await costOf(gateway, request, ({ status, body }) => {
      expect([body.slice(0, 500), status]).toEqual([expect.anything(), expect.toBeOneOf([200, 201])]);
    });
    least = Math.min(least, cost);
  }
  gateway.usualCosts.set(key, least);
  return least;
}

export function sizeOf(request: AttackRequest): number {
  if ('raw' in request) return request.raw.length;
  const { path, headers = {}, body = '' } = request;
  return path.length + JSON.stringify(headers).length + Buffer.byteLength(body);
}
