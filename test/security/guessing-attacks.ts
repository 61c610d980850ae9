import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPassword } from '../../src/core/password.ts';
import { expectRepelled, expectWithinBound } from './attack.ts';
import { ask, usualCost } from './attack-cost.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';
import { CALLBACK, JSON_ROOMS, STARFISH_JSON } from './rooms.ts';
import { SIGN_IN, SIGN_INS, signInToClm, signInToPyramid } from './sign-in-requests.ts';

/** More than what costs nothing, and then as many again. */
const GUESSES = 12;
/** Their hash costs what a real one does. */
const SLOW = { username: 'slow', role: 'user', created: 0 } as const;

/** Somebody who tries tokens, names and passwords until one is right. */
export function guessingAttacks(gateway: () => GatewayUnderAttack): void {
  test.each(JSON_ROOMS.map((room) => [room.name, room] as const))(
    'a guessed token of %s is refused at the price of a right one',
    async (_, room) => {
      const { path, body, headers = {} } = room.send(gateway(), room.wrap('"a":0'));
      const guess = randomBytes(32).toString('base64url');
      const given = Object.entries(headers).map(([name, value]) => [
        name,
        /^(paToken|Authorization)$/.test(name) ? value.replace(/\S+$/, guess) : value,
      ]);
      const request = { path, headers: Object.fromEntries(given), ...(body !== undefined && { body }) };
      await expectRepelled(gateway(), { request, answer: { statuses: [401], text: /./ }, usual: room.usual });
    },
  );

  test('a token is compared whole: its beginning, its case and its hash are no tokens', async () => {
    const { token } = gateway();
    const near = [token.slice(0, -1), token.toLowerCase(), `${token}A`, ` ${token} x`, `${token}%00`];
    for (const guess of near) {
      const request = STARFISH_JSON.send(gateway(), STARFISH_JSON.wrap('"a":0'));
      await expectRepelled(gateway(), {
        request: { ...request, headers: { ...request.headers, Authorization: `Bearer ${guess}` } },
        answer: { statuses: [401], text: /^\{"Message":"/ },
        usual: STARFISH_JSON.usual,
      });
    }
  });

  test("a job's callback takes no other job's token, and no user's", async () => {
    const { callback, token, jobId } = gateway();
    for (const [id, guess] of [
      [jobId, callback.token],
      [callback.jobId, token],
    ])
      await expectRepelled(gateway(), {
        request: {
          path: `/jobgate/callback/${id}`,
          headers: { Authorization: `Bearer ${guess}` },
          body: '{"status":"mine"}',
        },
        answer: { statuses: [401], text: /^\{"error":"/ },
        usual: CALLBACK.usual,
      });
    expect(CALLBACK.send(gateway(), '').path).toContain(callback.jobId);
  });

  test('a flood of wrong passwords is slowed down for its address and account, and for nobody else', async () => {
    const usual = await usualCost(gateway(), SIGN_IN, 1_024);
    const wrong = Array.from({ length: GUESSES }, (_, i) =>
      signInToPyramid('203.0.113.7', 'ann', `guess ${i}`),
    );
    const before = gateway().processorTime();
    const [answers] = await Promise.all([
      Promise.all(wrong.map((request) => ask(gateway(), request))),
      gateway().bystander.isServed(),
    ]);
    // Only once: from the next on, the guesses have had their effect.
    expectWithinBound((gateway().processorTime() - before) / GUESSES / usual, 'times a sign-in');
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(6);
    const right = await ask(gateway(), signInToPyramid('203.0.113.7', 'ann', 'anns password'));
    expect([right.status, Number(right.headers['retry-after']) > 0]).toEqual([429, true]);
    // Neither a second header nor another room is a way round.
    const elsewhere = signInToClm('198.51.100.1, 203.0.113.7', 'ann', 'anns password');
    const inClm = await ask(gateway(), elsewhere);
    expect(inClm.body).toMatch(/\[12\] LOGIN_FAILED: too many failed log-ins/);
    expect((await ask(gateway(), signInToPyramid('203.0.113.8', 'ann', 'anns password'))).status).toBe(200);
    await gateway().bystander.isServed();
  });

  test('who waits for being slowed down costs no password hash', async () => {
    const request = signInToPyramid('203.0.113.7', 'ann', 'one more');
    await expectRepelled(gateway(), {
      request,
      answer: { statuses: [429], text: /too many failed log-ins/ },
      usual: STARFISH_JSON.usual,
    });
  });

  test.each(Object.entries(SIGN_INS))(
    'an unknown user costs the processor what a wrong password costs, and is told the same, in %s',
    async (room, { request, refusal }) => {
      const costs: Record<string, number> = { [SLOW.username]: 0, nobody: 0 };
      const { store, node } = gateway();
      if (!(await store.accounts.find(SLOW.username)))
        await store.accounts.insert({ ...SLOW, passwordHash: await hashPassword('right') });
      for (const name of Object.keys(costs)) {
        const before = gateway().processorTime();
        // Of an address of the room's own: too many failures cost no hash.
        const address = `203.0.113.${100 + Object.keys(SIGN_INS).indexOf(room)}`;
        const { status, body } = await ask(gateway(), request(address, name, 'wrong'));
        expect({ status, body }).toEqual({
          status: expect.toBeOneOf([...refusal.statuses]),
          body: expect.stringMatching(refusal.text),
        });
        costs[name] = gateway().processorTime() - before;
      }
      const ratio = (costs['nobody'] ?? 0) / (costs[SLOW.username] ?? 1);
      expect(ratio, JSON.stringify(costs)).toBeGreaterThan(0.5);
      expect(ratio, JSON.stringify(costs)).toBeLessThan(2);
      await gateway().bystander.isServed();
      expect(node.output).not.toContain('wrong');
    },
  );
}
