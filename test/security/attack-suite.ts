import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestEngine } from '../support/engines.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { usualCost } from './attack-cost.ts';
import { bodyAttacks } from './body-attacks.ts';
import { connectionAttacks } from './connection-attacks.ts';
import { BODY_LIMIT, type GatewayUnderAttack, startGatewayUnderAttack } from './gateway-under-attack.ts';
import { guessingAttacks } from './guessing-attacks.ts';
import { httpAttacks } from './http-attacks.ts';
import { jsonAttacks } from './json-attacks.ts';
import { numberAttacks } from './number-attacks.ts';
import { PeakMemory } from './peak-memory.ts';
import { soapAttacks } from './soap-attacks.ts';
import { textAttacks } from './text-attacks.ts';
import { LARGEST } from './usual-requests.ts';
import { xmlAttacks } from './xml-attacks.ts';

type Family = readonly [name: string, attacks: (gateway: () => GatewayUnderAttack) => void];

const FAMILIES: readonly Family[] = [
  ['XML', xmlAttacks],
  ['JSON', jsonAttacks],
  ['SOAP', soapAttacks],
  ['bodies', bodyAttacks],
  ['HTTP', httpAttacks],
  ['connections', connectionAttacks],
  ['texts', textAttacks],
  ['numbers and names', numberAttacks],
  ['guessing', guessingAttacks],
];

/** Every family against one gateway on this engine. */
export function attackSuite(engine: TestEngine): void {
  const nodes = jobgateNodes();
  let gateway: GatewayUnderAttack;
  let usualPeak: number;

  beforeAll(async () => {
    gateway = await startGatewayUnderAttack(engine, nodes);
    const peak = new PeakMemory(gateway.node.pid);
    await usualCost(gateway, LARGEST, BODY_LIMIT);
    usualPeak = peak.growth();
  });
  afterAll(() => gateway.stop());

  describe.each(FAMILIES)('attacks by %s', (_, family) => {
    let before: number;
    let peak: PeakMemory;
    beforeAll(async () => {
      before = await gateway.retained();
      peak = new PeakMemory(gateway.node.pid);
    });

    family(() => gateway);

    // 83 MB at most, where one usual request after the other of the largest size takes 158: in XML and JSON both.
    test('take no more memory at any time than twice what the largest usual requests take', () => {
      expect(peak.growth()).toBeLessThan(2 * usualPeak);
    });

    test('leave the process no larger than by one body, and no error of its own in the log', async () => {
      expect((await gateway.retained()) - before).toBeLessThan(BODY_LIMIT);
      expect(gateway.errors()).toEqual([]);
      expect(gateway.node.exit).toBeUndefined();
    });
  });
}
