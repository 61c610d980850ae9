import { expect } from 'vitest';
import { type Response, send } from '../http/raw-client.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';

/** One request, whole. */
export interface AttackRequest {
  readonly path: string;
  /** POST unless told otherwise. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What such a request is as clients send it, to about that many bytes. */
export interface UsualRequest {
  readonly kind: string;
  build(gateway: GatewayUnderAttack, bytes: number): AttackRequest;
}

export interface Attack {
  readonly request: AttackRequest;
  readonly answer: { readonly statuses: readonly number[]; readonly text: RegExp };
  readonly usual: UsualRequest;
}

/** An attack may cost so many times what a usual request of its size costs. */
const MOST_TIMES_USUAL = 5;
const SAMPLES_OF_USUAL = 5;
/**
 * What costs too much is measured again: the compiler, the collector and other processes can only add to a sample, so
 * one within the bound shows that the others were theirs. A blow-up is in every one.
 */
const MOST_SAMPLES = 6;
/** A sample is of so many requests that what else the process does is little beside them. */
const SAMPLE_BYTES = 65_536;
const MOST_IN_SAMPLE = 4;

/**
 * Makes the attack, and holds that its answer is as expected each time, that its processor time in the gateway, not
 * the clock's, is within the bound, and that meanwhile the bystander is served.
 */
export async function expectRepelled(gateway: GatewayUnderAttack, attack: Attack): Promise<void> {
  const { request } = attack;
  const bytes = sizeOf(request);
  const usual = await usualCost(gateway, attack.usual, bytes);
  const check = ({ status, body }: Response) => {
    expect({ status, text: body.slice(0, 2_000) }).toEqual({
      status: expect.toBeOneOf([...attack.answer.statuses]),
      text: expect.stringMatching(attack.answer.text),
    });
  };
  let times = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < MOST_SAMPLES && times >= MOST_TIMES_USUAL; sample += 1) {
    times = Math.min(times, (await costOf(gateway, request, check)) / usual);
  }
  await gateway.bystander.isServed();
  expect(times, `times ${usual.toFixed(2)} ms for ${bytes} bytes`).toBeLessThan(MOST_TIMES_USUAL);
}

export function ask(
  gateway: GatewayUnderAttack,
  { path, method = 'POST', headers = {}, body }: AttackRequest,
): Promise<Response> {
  return send(gateway.port, path, { method, headers: { ...headers }, ...(body !== undefined && { body }) });
}

async function usualCost(
  gateway: GatewayUnderAttack,
  { kind, build }: UsualRequest,
  bytes: number,
): Promise<number> {
  // To a tenth: the same usual request serves for all that are as large.
  const rounded = Number(Math.max(1_024, bytes).toPrecision(2));
  const key = `${kind} ${rounded}`;
  const known = gateway.usualCosts.get(key);
  if (known !== undefined) return known;
  const request = build(gateway, rounded);
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES_OF_USUAL; sample += 1) {
    const cost = await costOf(gateway, request, ({ status, body }) => {
      expect([body.slice(0, 500), status]).toEqual([expect.anything(), expect.toBeOneOf([200, 201])]);
    });
    samples.push(cost);
  }
  const median =
    samples.toSorted((one, other) => one - other)[Math.floor(SAMPLES_OF_USUAL / 2)] ?? Number.NaN;
  gateway.usualCosts.set(key, median);
  return median;
}

/** Of one such request, in ms: one sample. */
async function costOf(
  gateway: GatewayUnderAttack,
  request: AttackRequest,
  check: (answer: Response) => void,
): Promise<number> {
  const count = Math.max(1, Math.min(MOST_IN_SAMPLE, Math.round(SAMPLE_BYTES / sizeOf(request))));
  const before = gateway.processorTime();
  for (let sent = 0; sent < count; sent += 1) check(await ask(gateway, request));
  return (gateway.processorTime() - before) / count;
}

function sizeOf({ path, headers, body = '' }: AttackRequest): number {
  return path.length + JSON.stringify(headers ?? {}).length + Buffer.byteLength(body);
}
