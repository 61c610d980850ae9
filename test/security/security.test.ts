import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forEachEngine } from '../support/engines.ts';
import { jobgateNodes } from '../support/jobgate-node.ts';
import { bodyAttacks } from './body-attacks.ts';
import { connectionAttacks } from './connection-attacks.ts';
import { BODY_LIMIT, type GatewayUnderAttack, startGatewayUnderAttack } from './gateway-under-attack.ts';
import { guessingAttacks } from './guessing-attacks.ts';
import { httpAttacks } from './http-attacks.ts';
import { jsonAttacks } from './json-attacks.ts';
import { numberAttacks } from './number-attacks.ts';
import { soapAttacks } from './soap-attacks.ts';
import { textAttacks } from './text-attacks.ts';
import { xmlAttacks } from './xml-attacks.ts';

type Family = readonly [name: string, attacks: (gateway: () => GatewayUnderAttack) => void];

/** Those that a store may have a part in. */
const TO_THE_STORE: readonly Family[] = [
  ['texts', textAttacks],
  ['numbers and names', numberAttacks],
  ['guessing', guessingAttacks],
];

/** Those that are over before a store is asked anything: on one engine it is as on another. */
const BEFORE_THE_STORE: readonly Family[] = [
  ['XML', xmlAttacks],
  ['JSON', jsonAttacks],
  ['SOAP', soapAttacks],
  ['bodies', bodyAttacks],
  ['HTTP', httpAttacks],
  ['connections', connectionAttacks],
];

forEachEngine((engine) => {
  const nodes = jobgateNodes();
  let gateway: GatewayUnderAttack;

  beforeAll(async () => {
    gateway = await startGatewayUnderAttack(engine, nodes);
  });
  afterAll(() => gateway.stop());

  const families = engine.name === 'sqlite' ? [...BEFORE_THE_STORE, ...TO_THE_STORE] : TO_THE_STORE;

  describe.each(families)('attacks by %s', (_, family) => {
    let before: number;
    beforeAll(async () => {
      before = await gateway.retained();
    });

    family(() => gateway);

    test('leave the process no larger than by one body, and no error of its own in the log', async () => {
      expect((await gateway.retained()) - before).toBeLessThan(BODY_LIMIT);
      expect(gateway.errors()).toEqual([]);
      expect(gateway.node.exit).toBeUndefined();
    });
  });
});
