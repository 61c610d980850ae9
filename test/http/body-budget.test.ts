import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BodyBudget } from '../../src/http/body-budget.ts';
import { readBody } from '../../src/http/read-body.ts';
import { reply } from '../../src/http/reply.ts';
import { holdsEventually } from '../support/holds-eventually.ts';
import { gate, roomWith, startGateway } from './gateway-under-test.ts';
import { RawConnection, send } from './raw-client.ts';

const MEGABYTE = 1_048_576;
const PATH = '/room/body';
const BUSY = { code: 'TOO_BUSY', status: 503, headers: { 'Retry-After': '1' } };

describe('the budget', () => {
  test('refuses what would exceed it, and takes it once another request has ended', () => {
    const budget = new BodyBudget(10 * MEGABYTE);
    const [first, second] = [budget.share(), budget.share()];
    first.take(7 * MEGABYTE);
    expect(() => second.take(MEGABYTE)).toThrow(expect.objectContaining(BUSY));
    first.release();
    second.take(MEGABYTE);
    expect(budget.taken).toBe(MEGABYTE);
  });

  test('keeps a quarter for small bodies', () => {
    const budget = new BodyBudget(MEGABYTE);
    budget.share().take(0.75 * MEGABYTE);
    for (let taken = 0; taken < 4; taken += 1) budget.share().take(64 * 1024);
    expect(budget.taken).toBe(MEGABYTE);
    expect(() => budget.share().take(1)).toThrow(expect.objectContaining(BUSY));
  });

  test('takes a body that is alone, however large', () => {
    const budget = new BodyBudget(MEGABYTE);
    const share = budget.share();
    share.take(2 * MEGABYTE);
    share.take(2 * MEGABYTE);
    expect(() => budget.share().take(1)).toThrow(expect.objectContaining(BUSY));
  });

  test('gives a share back once, however often it is released', () => {
    const budget = new BodyBudget(MEGABYTE);
    const [first, second] = [budget.share(), budget.share()];
    first.take(100);
    second.take(10);
    first.release();
    first.release();
    expect(budget.taken).toBe(10);
  });

  test('has at most four bodies inflated at once', async () => {
    const budget = new BodyBudget(MEGABYTE);
    const { opened, open } = gate();
    let running = 0;
    let most = 0;
    const tasks = Array.from({ length: 20 }, () =>
      budget.inflating(async () => {
        running += 1;
        most = Math.max(most, running);
        await opened;
        running -= 1;
      }),
    );
    open();
    await Promise.all(tasks);
    expect(most).toBe(4);
  });
});

/** Answers with the body's length once `opened`; small ones at once. */
async function startHolding(budget: BodyBudget, opened: Promise<void>) {
  let held = 0;
  const limits = { wire: 10 * MEGABYTE, inflated: 10 * MEGABYTE, inFlight: budget };
  const room = roomWith((router) => {
    router.post('/body', async (ctx) => {
      const body = await readBody(ctx, limits);
      if (body.length > 1_000) {
        held += 1;
        await opened;
      }
      await reply(ctx, { status: 200, contentType: 'text/plain', body: String(body.length) });
    });
  });
  return { ...(await startGateway({ rooms: [room] })), held: () => held };
}

describe('a flood of bodies of 10 KB that inflate to 10 MiB', () => {
  const bomb = gzipSync(Buffer.alloc(10 * MEGABYTE));
  const post = (port: number) =>
    send(port, PATH, { method: 'POST', body: bomb, headers: { 'Content-Encoding': 'gzip' } });

  test('stays within the budget, lets a small request through, and leaves nothing behind', async () => {
    const budget = new BodyBudget(64 * MEGABYTE);
    const { opened, open } = gate();
    const { port, log, held } = await startHolding(budget, opened);
    const before = process.memoryUsage().arrayBuffers;
    const flood = Array.from({ length: 120 }, () => post(port));
    await holdsEventually(() => expect(log.length + held()).toBe(120));
    // 48 MiB for large bodies.
    expect(held()).toBeGreaterThanOrEqual(1);
    expect(held()).toBeLessThanOrEqual(4);
    expect(budget.taken).toBeLessThanOrEqual(48 * MEGABYTE);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * MEGABYTE);

    expect(await send(port, PATH, { method: 'POST', body: 'small' })).toMatchObject({
      status: 200,
      body: '5',
    });

    open();
    const answers = await Promise.all(flood);
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused).toHaveLength(120 - held());
    expect(refused[0]).toMatchObject({
      headers: { 'retry-after': '1' },
      body: 'room says 503 TOO_BUSY: too many large requests at once; try again',
    });
    expect(log).toContainEqual(
      expect.objectContaining({ fault: 'TOO_BUSY', outcome: 'server_error', level: 50 }),
    );
    await holdsEventually(() => expect(budget.taken).toBe(0));
    expect(await post(port)).toMatchObject({ status: 200 });
  });
});

describe('a body that is still on its way', () => {
  const part = (length: number) =>
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: ${8 * MEGABYTE}\r\n\r\n${'x'.repeat(length)}`;

  test('counts with what has come of it, until its client leaves', async () => {
    const budget = new BodyBudget(4 * MEGABYTE);
    const { port } = await startHolding(budget, Promise.resolve());
    const connection = new RawConnection(port).write(part(2 * MEGABYTE));
    await holdsEventually(() => expect(budget.taken).toBeGreaterThanOrEqual(2 * MEGABYTE));
    expect((await send(port, PATH, { method: 'POST', body: 'x'.repeat(2 * MEGABYTE) })).status).toBe(503);
    connection.socket.destroy();
    await holdsEventually(() => expect(budget.taken).toBe(0));
  });

  test('is given back when its answer’s turn never came, behind another on the same connection', async () => {
    const budget = new BodyBudget(4 * MEGABYTE);
    const { port } = await startHolding(budget, new Promise(() => {}));
    const request = (body: string) =>
      `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const connection = new RawConnection(port).write(request('x'.repeat(2_000)) + request('y'.repeat(3_000)));
    await holdsEventually(() => expect(budget.taken).toBe(5_000));
    connection.socket.resetAndDestroy();
    await holdsEventually(() => expect(budget.taken).toBe(0));
  });
});
