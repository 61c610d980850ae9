import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { holdAnswer } from '../../src/http/hold-answer.ts';
import { reply } from '../../src/http/reply.ts';
import { eventually } from '../support/eventually.ts';
import { roomWith, startGateway } from './gateway-under-test.ts';

const IDLE_MS = 100;

/** A gateway that closes what is idle for 100 ms, with a route whose answer waits for `wait`. */
function gatewayThatHolds(wait: (clientLeft: AbortSignal) => Promise<string>) {
  const room = roomWith((router) => {
    router.get('/held', async (ctx) => {
      const body = await holdAnswer(ctx, wait);
      await reply(ctx, { status: 200, contentType: 'text/plain', body });
    });
  });
  return startGateway({ rooms: [room], limits: { socketIdleMs: IDLE_MS } });
}

test('a connection whose answer is held back is not closed as idle', async () => {
  const { host, port } = await gatewayThatHolds(async () => {
    await pause(4 * IDLE_MS);
    return 'worth the wait';
  });
  const response = await fetch(`http://${host}:${port}/room/held`);
  expect(await response.text()).toBe('worth the wait');
});

test('a client that leaves is known at once, and nobody is answered', async () => {
  let left = false;
  let begun = false;
  const { host, port, log } = await gatewayThatHolds(
    (clientLeft) =>
      new Promise((resolve) => {
        begun = true;
        clientLeft.addEventListener('abort', () => {
          left = true;
          resolve('to nobody');
        });
      }),
  );
  const leave = new AbortController();
  const asked = fetch(`http://${host}:${port}/room/held`, { signal: leave.signal });
  asked.catch(() => {});
  await eventually('the answer is held', () => begun);
  leave.abort();
  await eventually('the gateway knows', () => left);
  await eventually('it is logged', () => log.some(({ outcome }) => outcome === 'aborted'));
});

test('what the wait throws is answered as any error is', async () => {
  const { host, port } = await gatewayThatHolds(() => Promise.reject(new Error('unexpected')));
  const response = await fetch(`http://${host}:${port}/room/held`);
  expect(response.status).toBe(500);
});
