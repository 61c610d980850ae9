import { expect, TestRunner } from 'vitest';
import type { Response } from '../http/raw-client.ts';
import { type AttackRequest, ask, costOf, sizeOf, type UsualRequest, usualCost } from './attack-cost.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';

export interface Attack {
  readonly request: AttackRequest;
  readonly answer: { readonly statuses: readonly number[]; readonly text: RegExp };
  readonly usual: UsualRequest;
  /** How large the usual request is, where that is not as large as the attack. */
  readonly usualBytes?: number;
}

/** An attack may cost so many times what a usual request of its size costs. */
const MOST_TIMES_USUAL = 5;
/** What is far below that needs no second sample. */
const FAR_BELOW = 2.5;
const SAMPLES = 5;
/** What costs too much is measured again: see `costOf`. */
const MOST_SAMPLES = 20;

/**
 * Makes the attack, and holds that its answer is as expected each time, that the bystander is served while it is under
 * way, and that its processor time in the gateway, not the clock's, is within the bound. Returns an answer.
 */
export async function expectRepelled(gateway: GatewayUnderAttack, attack: Attack): Promise<Response> {
  const { request, answer } = attack;
  const bytes = attack.usualBytes ?? sizeOf(request);
  const usual = await usualCost(gateway, attack.usual, bytes);
  const check = ({ status, body }: Response) => {
    expect({ status, text: body.slice(0, 2_000) }).toEqual({
      status: expect.toBeOneOf([...answer.statuses]),
      text: expect.stringMatching(answer.text),
    });
  };
  const [first] = await Promise.all([ask(gateway, request), gateway.bystander.isServed()]);
  check(first);
  let times = Number.POSITIVE_INFINITY;
  for (let taken = 0; !isEnough(times, taken); taken += 1) {
    times = Math.min(times, (await costOf(gateway, request, check)) / usual);
  }
  expectWithinBound(times, `times ${usual.toFixed(2)} ms for ${bytes} bytes`);
  return first;
}

/** The figure is kept with the test, where the reporter for JSON shows it (`meta`). */
export function expectWithinBound(timesUsual: number, what: string): void {
  const meta: object = TestRunner.getCurrentTest()?.meta ?? {};
  const before = 'timesUsual' in meta ? Number(meta.timesUsual) : 0;
  Object.assign(meta, { timesUsual: Math.max(before, timesUsual) });
  expect(timesUsual, what).toBeLessThan(MOST_TIMES_USUAL);
}

function isEnough(times: number, taken: number): boolean {
  if (times < FAR_BELOW || taken === MOST_SAMPLES) return true;
  return times < MOST_TIMES_USUAL && taken >= SAMPLES;
}
