import { describe, expect, test } from 'vitest';
import { JobgateError } from '../../src/core/error.ts';
import { reply } from '../../src/http/reply.ts';
import { holdsEventually } from '../support/holds-eventually.ts';
import { type GatewayUnderTest, roomWith, startGateway } from './gateway-under-test.ts';
import { RawConnection, send } from './raw-client.ts';

const room = roomWith((router) => {
  router.get('/:operation', async (ctx) => {
    ctx.state.exchange.operation = ctx.params['operation'] ?? '';
    if (ctx.query['store'] === 'away') throw new JobgateError('STORE_UNAVAILABLE', 'away');
    if (ctx.query['in'] === 'band') ctx.state.exchange.outcome = 'in_band_error';
    await reply(ctx, { status: 200, contentType: 'text/plain', body: 'ok' });
  });
});

async function scrape({ port }: GatewayUnderTest): Promise<string> {
  const answer = await send(port, '/metrics');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  return answer.body;
}

describe('/metrics', () => {
  test('counts requests by room, operation and outcome', async () => {
    const gateway = await startGateway({ rooms: [room] });
    for (const path of ['read', 'read', 'read?store=away', 'read?in=band', 'a/b']) {
      await send(gateway.port, `/room/${path}`);
    }
    await holdsEventually(async () => {
      const text = await scrape(gateway);
      expect(text).toContain('jobgate_http_requests_total{room="room",operation="read",outcome="ok"} 2\n');
      expect(text).toContain(
        'jobgate_http_requests_total{room="room",operation="read",outcome="server_error"} 1\n',
      );
      expect(text).toContain(
        'jobgate_http_requests_total{room="room",operation="read",outcome="in_band_error"} 1\n',
      );
      expect(text).toContain(
        'jobgate_http_requests_total{room="room",operation="other",outcome="client_error"} 1\n',
      );
      expect(text).toContain('jobgate_http_request_duration_seconds_count{room="room",operation="read"} 4\n');
    });
  });

  test('counts an answer whose client left before its end as aborted', async () => {
    const endless = roomWith((router) => {
      router.get('/read', async (ctx) => {
        ctx.state.exchange.operation = 'read';
        const body = (async function* () {
          while (true) yield 'x'.repeat(64 * 1024);
        })();
        await reply(ctx, { status: 200, contentType: 'text/plain', body });
      });
    });
    const gateway = await startGateway({ rooms: [endless] });
    const connection = new RawConnection(gateway.port).write('GET /room/read HTTP/1.1\r\nHost: x\r\n\r\n');
    await connection.until('xxx');
    connection.socket.destroy();
    await holdsEventually(async () =>
      expect(await scrape(gateway)).toContain(
        'jobgate_http_requests_total{room="room",operation="read",outcome="aborted"} 1\n',
      ),
    );
  });

  test('gives a client no way to add time series', async () => {
    const gateway = await startGateway({ rooms: [room] });
    for (let n = 0; n < 50; n += 1) {
      await send(gateway.port, `/room/made-up-${n}`);
      await send(gateway.port, `/nowhere-${n}`);
    }
    await holdsEventually(async () => {
      const text = await scrape(gateway);
      expect(text).toContain('{room="room",operation="other",outcome="ok"} 50\n');
      expect(text).toContain('{room="none",operation="other",outcome="client_error"} 50\n');
      expect(text).not.toContain('made-up');
    });
  });

  test('asks the store at the scrape how many jobs are open', async () => {
    const countOpen = async () => ({ created: 0, queued: 7, running: 2, cancelling: 1 });
    const text = await scrape(await startGateway({ countOpen }));
    expect(text).toContain('jobgate_jobs_open{state="queued"} 7\n');
    expect(text).toContain('jobgate_jobs_open{state="cancelling"} 1\n');
  });

  test('goes on without open jobs while the store is away', async () => {
    let now = 0;
    let up = true;
    const countOpen = async () => {
      if (!up) throw new JobgateError('STORE_UNAVAILABLE', 'away');
      return { created: 0, queued: 7, running: 2, cancelling: 1 };
    };
    const gateway = await startGateway({ countOpen, now: () => now });
    expect(await scrape(gateway)).toContain('jobgate_jobs_open{');
    up = false;
    now += 1_000;
    const text = await scrape(gateway);
    expect(text).not.toContain('jobgate_jobs_open{');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  test('counts attempts to send webhooks, and asks the store how many are open', async () => {
    const gateway = await startGateway({ countWebhooks: async () => ({ waiting: 5, due: 2 }) });
    const { webhooks } = gateway.metrics;
    webhooks.attempted('failed', 2_000);
    webhooks.attempted('delivered', 500);
    const text = await scrape(gateway);
    expect(text).toContain('jobgate_webhook_attempts_total{outcome="failed"} 1\n');
    expect(text).toContain('jobgate_webhook_attempts_total{outcome="delivered"} 1\n');
    expect(text).toContain('jobgate_webhook_attempt_duration_seconds_sum 2.5\n');
    expect(text).toContain('jobgate_webhooks_open{state="waiting"} 5\n');
    expect(text).toContain('jobgate_webhooks_open{state="due"} 2\n');
  });

  test('goes on without open webhooks while the store is away', async () => {
    const countWebhooks = () => Promise.reject(new JobgateError('STORE_UNAVAILABLE', 'away'));
    const text = await scrape(await startGateway({ countWebhooks }));
    expect(text).not.toContain('jobgate_webhooks_open{');
    expect(text).toContain('jobgate_jobs_open{');
  });

  test('shows what worker and store do', async () => {
    const gateway = await startGateway();
    const { worker } = gateway.metrics;
    worker.claimed(3, 4);
    worker.started(20);
    worker.finished('completed', 2_000);
    worker.finished('lost', 2_000);
    gateway.metrics.pageRead(4);
    const text = await scrape(gateway);
    expect(text).toContain('jobgate_claim_duration_seconds_sum 0.004\n');
    expect(text).toContain('jobgate_jobs_claimed_total 3\n');
    expect(text).toContain('jobgate_start_duration_seconds_sum 0.02\n');
    expect(text).toContain('jobgate_run_duration_seconds_sum 2\n');
    expect(text).toContain('jobgate_jobs_finished_total{state="completed"} 1\n');
    expect(text).toContain('jobgate_jobs_released_total{reason="lost"} 1\n');
    expect(text).toContain('jobgate_page_duration_seconds_bucket{le="0.005"} 1\n');
  });
});
