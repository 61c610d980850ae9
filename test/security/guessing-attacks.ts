import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPassword } from '../../src/core/password.ts';
import { envelope, loginContent } from '../e2e/clm-client.ts';
import { type AttackRequest, ask, expectRepelled } from './attack.ts';
import type { GatewayUnderAttack } from './gateway-under-attack.ts';
import { CALLBACK, CLM, JSON_ROOMS, STARFISH_JSON } from './rooms.ts';

const FORM = 'application/x-www-form-urlencoded';

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
      const { path, body, headers } = STARFISH_JSON.send(gateway(), STARFISH_JSON.wrap('"a":0'));
      const answer = await ask(gateway(), {
        path,
        headers: { ...headers, Authorization: `Bearer ${guess}` },
        ...(body !== undefined && { body }),
      });
      expect([guess, answer.status]).toEqual([guess, 401]);
    }
  });

  test("a job's callback takes no other job's token, and no user's", async () => {
    const { callback, token, jobId } = gateway();
    const report = (id: string, with_: string) =>
      ask(gateway(), {
        path: `/jobgate/callback/${id}`,
        headers: { Authorization: `Bearer ${with_}` },
        body: '{"status":"mine"}',
      });
    expect((await report(jobId, callback.token)).status).toBe(401);
    expect((await report(callback.jobId, token)).status).toBe(401);
    expect(CALLBACK.send(gateway(), '').path).toContain(callback.jobId);
  });

  test('a flood of wrong passwords is slowed down for its address and account, and for nobody else', async () => {
    const wrong = Array.from({ length: 12 }, (_, i) => signInPyramid('203.0.113.7', 'ann', `guess ${i}`));
    const statuses = (await Promise.all(wrong.map((request) => ask(gateway(), request)))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(6);
    const right = await ask(gateway(), signInPyramid('203.0.113.7', 'ann', 'anns password'));
    expect([right.status, Number(right.headers['retry-after']) > 0]).toEqual([429, true]);
    // Neither a second header nor another room is a way round.
    const elsewhere = { ...CLM.send(gateway(), envelope('login', loginContent('ann', 'anns password'))) };
    const inClm = await ask(gateway(), {
      ...elsewhere,
      headers: { ...elsewhere.headers, 'X-Forwarded-For': '198.51.100.1, 203.0.113.7' },
    });
    expect(inClm.body).toMatch(/\[12\] LOGIN_FAILED: too many failed log-ins/);
    expect((await ask(gateway(), signInPyramid('203.0.113.8', 'ann', 'anns password'))).status).toBe(200);
    await gateway().bystander.isServed();
  });

  test('who waits for being slowed down costs no password hash', async () => {
    const request = signInPyramid('203.0.113.7', 'ann', 'one more');
    await expectRepelled(gateway(), {
      request,
      answer: { statuses: [429], text: /too many failed log-ins/ },
      usual: STARFISH_JSON.usual,
    });
  });

  test('an unknown user costs the processor what a wrong password costs, in every sign-in', async () => {
    const { store, node } = gateway();
    const slow = {
      username: 'slow',
      role: 'user',
      passwordHash: await hashPassword('right'),
      created: 0,
    } as const;
    await store.accounts.insert(slow);
    const costs: Record<string, number> = { slow: 0, nobody: 0 };
    for (const [turn, sign] of [signIn, signInPyramid].entries())
      for (const name of Object.keys(costs)) {
        const before = gateway().processorTime();
        expect((await ask(gateway(), sign(`203.0.113.${100 + turn}`, name, 'wrong'))).status).toBeOneOf([
          400, 401,
        ]);
        costs[name] = (costs[name] ?? 0) + gateway().processorTime() - before;
      }
    const ratio = (costs['nobody'] ?? 0) / (costs['slow'] ?? 1);
    expect(ratio, JSON.stringify(costs)).toBeGreaterThan(0.5);
    expect(ratio, JSON.stringify(costs)).toBeLessThan(2);
    await gateway().bystander.isServed();
    expect(node.output).not.toContain('wrong');
  });
}

function signIn(address: string, username: string, password: string): AttackRequest {
  const body = new URLSearchParams({ grant_type: 'password', username, password }).toString();
  return { path: '/token', headers: { 'Content-Type': FORM, 'X-Forwarded-For': address }, body };
}

function signInPyramid(address: string, userName: string, password: string): AttackRequest {
  const body = JSON.stringify({ userName, password });
  return { path: '/API3/authentication/authenticateUser', headers: { 'X-Forwarded-For': address }, body };
}
