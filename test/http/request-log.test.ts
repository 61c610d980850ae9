import { describe, expect, test } from 'vitest';
import { BodyBudget } from '../../src/http/body-budget.ts';
import { readBody } from '../../src/http/read-body.ts';
import { reply } from '../../src/http/reply.ts';
import { holdsEventually } from '../support/holds-eventually.ts';
import { type GatewayUnderTest, type LogLine, roomWith, startGateway } from './gateway-under-test.ts';
import { send } from './raw-client.ts';

const room = roomWith((router) => {
  router.post('/job', async (ctx) => {
    const { exchange } = ctx.state;
    await readBody(ctx, { wire: 1_000, inflated: 1_000, inFlight: new BodyBudget(1_000) });
    exchange.operation = 'read';
    exchange.user = 'alice';
    await reply(ctx, { status: 200, contentType: 'text/plain', body: 'answer' });
  });
  router.post('/in-band', async (ctx) => {
    ctx.state.exchange.outcome = 'in_band_error';
    ctx.state.exchange.faultCode = '20 JOB_NOT_FOUND';
    await reply(ctx, { status: 200, contentType: 'text/plain', body: 'no' });
  });
});

async function requestLine({ log }: GatewayUnderTest): Promise<LogLine> {
  return holdsEventually(() => {
    const line = log.find((entry) => entry['msg'] === 'request');
    if (!line) throw new Error('not logged yet');
    return line;
  });
}

describe('the request log', () => {
  test('has one line a request that says what, who, how long and how much', async () => {
    const gateway = await startGateway({ rooms: [room] });
    const { headers } = await send(gateway.port, '/room/job', { method: 'POST', body: '12345' });
    expect(await requestLine(gateway)).toMatchObject({
      level: 30,
      id: headers['x-request-id'],
      room: 'room',
      operation: 'read',
      method: 'POST',
      path: '/room/job',
      status: 200,
      outcome: 'ok',
      ms: expect.any(Number),
      bytesIn: 5,
      bytesOut: 6,
      client: '127.0.0.1',
      user: 'alice',
    });
    expect(gateway.log).toHaveLength(1);
  });

  test('has no query string, header or body in it', async () => {
    const gateway = await startGateway({ rooms: [room] });
    await send(gateway.port, '/room/job?token=hush1', {
      method: 'POST',
      body: 'hush2',
      headers: { Authorization: 'Bearer hush3', Cookie: 'hush4', SOAPAction: 'hush5' },
    });
    await requestLine(gateway);
    expect(JSON.stringify(gateway.log)).not.toContain('hush');
  });

  test('tells an error inside an answer of status 200', async () => {
    const gateway = await startGateway({ rooms: [room] });
    await send(gateway.port, '/room/in-band', { method: 'POST' });
    expect(await requestLine(gateway)).toMatchObject({
      level: 30,
      status: 200,
      outcome: 'in_band_error',
      fault: '20 JOB_NOT_FOUND',
    });
  });

  test('cuts a long path and warns of what no room owns', async () => {
    const gateway = await startGateway({ rooms: [room] });
    await send(gateway.port, `/${'x'.repeat(5_000)}`);
    const line = await requestLine(gateway);
    expect(line).toMatchObject({ level: 40, room: 'none', status: 404, outcome: 'client_error' });
    expect(line['path']).toHaveLength(256);
  });

  test('speaks of probes only at debug level', async () => {
    const gateway = await startGateway();
    await send(gateway.port, '/healthz');
    expect(await requestLine(gateway)).toMatchObject({ level: 20, room: 'probe', operation: 'healthz' });
  });
});

describe('the request id', () => {
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  async function idFor(given: string, trustedProxies: readonly string[]) {
    const { port } = await startGateway({ trustedProxies });
    return (await send(port, '/', { headers: { 'X-Request-Id': given } })).headers['x-request-id'];
  }

  test('is a trusted proxy’s', async () => {
    expect(await idFor('lb-1.42:abc', ['127.0.0.1'])).toBe('lb-1.42:abc');
  });

  test('is our own when anybody else gives one', async () => {
    expect(await idFor('lb-1.42:abc', [])).toMatch(UUID);
  });

  test.each(['', 'has space', 'a"quote', '<x>', 'x'.repeat(129)])(
    'is our own when a proxy gives "%s"',
    async (id) => {
      expect(await idFor(id, ['127.0.0.1'])).toMatch(UUID);
    },
  );
});
