import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WebhookAttempt } from '../../src/core/webhook-store.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { forEachEngine } from '../support/engines.ts';
import { ENDED, endedRun, submittedRun } from '../webhooks/ended-run.ts';
import { LONG_LEASE, NOW } from './sample-job.ts';

const URL = 'https://example.com/hook';
const DAY = 86_400_000;

forEachEngine((engine) => {
  let url: string;
  let store: Store;

  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
  });

  beforeEach(async () => {
    await engine.empty(url);
  });

  const claim = (more: { limit?: number; now?: number; leaseMs?: number; formats?: string[] } = {}) =>
    store.webhooks.claim({ formats: ['test'], limit: 10, leaseMs: LONG_LEASE, now: ENDED, ...more });

  async function claimed(now = ENDED): Promise<WebhookAttempt> {
    const [attempt] = await claim({ limit: 1, now });
    if (!attempt) throw new Error('nothing was due');
    return attempt;
  }

  const only = async () => (await store.webhooks.list({ limit: 2 }))[0];

  describe('a webhook', () => {
    test('is due when its job has ended, and not before', async () => {
      const { webhookId, jobId } = await submittedRun(store, URL);
      expect(await claim({ now: ENDED + DAY })).toEqual([]);
      await store.jobs.requestCancel(jobId, ENDED);
      expect(await claim({ now: ENDED - 1 })).toEqual([]);
      expect(await claim()).toEqual([
        { id: webhookId, attempt: 1, jobId, url: URL, format: 'test', body: null },
      ]);
    });

    test('is left to nodes that know its format', async () => {
      await endedRun(store, URL, 'newer');
      expect(await claim()).toEqual([]);
      expect(await claim({ formats: [] })).toEqual([]);
      expect(await claim({ formats: ['test', 'newer'] })).toHaveLength(1);
    });

    test("is nobody else's while its lease lasts", async () => {
      await endedRun(store, URL);
      expect(await claim()).toHaveLength(1);
      expect(await claim({ now: ENDED + DAY })).toEqual([]);
    });

    test('whose node was lost is free again when the lease has run out', async () => {
      await endedRun(store, URL);
      await claim({ leaseMs: 0 });
      expect(await claim()).toMatchObject([{ attempt: 2 }]);
    });

    test('goes to one of many nodes that ask at once', async () => {
      for (let n = 0; n < 6; n += 1) await endedRun(store, URL);
      const others = await Promise.all([engine.openStore(url), engine.openStore(url)]);
      const answers = await Promise.all(
        [store, ...others, store, ...others].map(({ webhooks }) =>
          webhooks.claim({ formats: ['test'], limit: 2, leaseMs: LONG_LEASE, now: ENDED }),
        ),
      );
      const ids = [...answers.flat(), ...(await claim())].map(({ id }) => id);
      expect(ids).toHaveLength(6);
      expect(new Set(ids).size).toBe(6);
    });

    test('that is longest due goes first', async () => {
      const [first, second] = [await endedRun(store, URL), await endedRun(store, URL)];
      const attempt = await claimed();
      expect(attempt.id).toBe(first.webhookId);
      await store.webhooks.failed(attempt, { status: 500, error: 'no' }, ENDED + 5, ENDED);
      const order = [await claimed(ENDED + 5), await claimed(ENDED + 5)].map(({ id }) => id);
      expect(order).toEqual([second.webhookId, first.webhookId]);
    });

    test('keeps its body for all later attempts', async () => {
      await endedRun(store, URL);
      const attempt = await claimed();
      const body = JSON.stringify({ log: `${'ü🚀'.repeat(40_000)}\u0000` });
      expect(await store.webhooks.storeBody(attempt, body)).toBe(true);
      await store.webhooks.failed(attempt, { status: null, error: 'refused' }, ENDED + 1, ENDED);
      expect((await claimed(ENDED + 1)).body).toBe(body);
    });

    test('that was delivered is settled', async () => {
      await endedRun(store, URL);
      const attempt = await claimed();
      expect(await store.webhooks.delivered(attempt, 204, ENDED + 7)).toBe(true);
      expect(await only()).toMatchObject({
        ...{ state: 'delivered', attempts: 1, nextAttempt: null },
        ...{ lastStatus: 204, lastError: null, settled: ENDED + 7 },
      });
      expect(await claim({ now: ENDED + DAY })).toEqual([]);
    });

    test('that failed is due again at its time', async () => {
      await endedRun(store, URL);
      await store.webhooks.failed(await claimed(), { status: 503, error: 'busy' }, ENDED + 5_000, ENDED);
      expect(await claim({ now: ENDED + 4_999 })).toEqual([]);
      expect(await only()).toMatchObject({
        ...{ state: 'due', attempts: 1, nextAttempt: ENDED + 5_000 },
        ...{ lastStatus: 503, lastError: 'busy', settled: null },
      });
      expect(await claimed(ENDED + 5_000)).toMatchObject({ attempt: 2 });
    });

    test('that failed for good is dead', async () => {
      await endedRun(store, URL);
      await store.webhooks.failed(await claimed(), { status: 410, error: 'gone' }, null, ENDED);
      expect(await only()).toMatchObject({ state: 'dead', nextAttempt: null, settled: ENDED });
      expect(await claim({ now: ENDED + DAY })).toEqual([]);
    });

    test('that was given back is free at once, and its attempt does not count', async () => {
      await endedRun(store, URL);
      expect(await store.webhooks.giveBack(await claimed(), null)).toBe(true);
      expect(await claimed()).toMatchObject({ attempt: 1 });
    });

    test('that was put off is free at its time, and its attempt does not count', async () => {
      await endedRun(store, URL);
      await store.webhooks.giveBack(await claimed(), ENDED + 9);
      expect(await claim({ now: ENDED + 8 })).toEqual([]);
      expect(await claimed(ENDED + 9)).toMatchObject({ attempt: 1 });
    });

    test('takes no word from an attempt that another has followed, or that is settled', async () => {
      await endedRun(store, URL);
      const [late] = await claim({ leaseMs: 0 });
      if (!late) throw new Error('nothing was due');
      const { webhooks } = store;
      const all = () => [
        webhooks.storeBody(late, 'late'),
        webhooks.delivered(late, 200, ENDED),
        webhooks.failed(late, { status: null, error: 'late' }, null, ENDED),
        webhooks.giveBack(late, null),
      ];
      const attempt = await claimed();
      expect(await Promise.all(all())).toEqual([false, false, false, false]);
      await webhooks.delivered(attempt, 200, ENDED);
      expect(await webhooks.delivered(attempt, 200, ENDED)).toBe(false);
      expect(await only()).toMatchObject({ state: 'delivered', attempts: 2, lastError: null });
    });
  });

  describe('sending again', () => {
    test.each(['delivered', 'dead'] as const)(
      'makes one that is %s due now, from attempt 1',
      async (state) => {
        const { webhookId } = await endedRun(store, URL);
        const attempt = await claimed();
        await store.webhooks.storeBody(attempt, 'the body');
        if (state === 'delivered') await store.webhooks.delivered(attempt, 200, ENDED);
        else await store.webhooks.failed(attempt, { status: null, error: 'no' }, null, ENDED);
        expect(await store.webhooks.redeliver(webhookId, ENDED + 9)).toBe('redelivered');
        expect(await only()).toMatchObject({ state: 'due', nextAttempt: ENDED + 9, settled: null });
        expect(await claimed(ENDED + 9)).toMatchObject({ attempt: 1, body: 'the body' });
      },
    );

    test('changes nothing where it is not settled, or there is none', async () => {
      const { webhookId } = await submittedRun(store, URL);
      expect(await store.webhooks.redeliver(webhookId, NOW)).toBe('waiting');
      expect(await store.webhooks.redeliver('msg_none', NOW)).toBe('unknown');
      expect(await store.webhooks.redeliver('msg ü', NOW)).toBe('unknown');
      expect(await only()).toMatchObject({ state: 'waiting' });
    });
  });

  test('the list shows the newest first, of one state if asked', async () => {
    const first = await endedRun(store, URL);
    const second = await submittedRun(store, URL);
    const ids = async (filter: Parameters<typeof store.webhooks.list>[0]) =>
      (await store.webhooks.list(filter)).map(({ id }) => id);
    expect(await ids({ limit: 10 })).toEqual([second.webhookId, first.webhookId]);
    expect(await ids({ limit: 1 })).toEqual([second.webhookId]);
    expect(await ids({ limit: 10, state: 'due' })).toEqual([first.webhookId]);
    expect(await store.webhooks.list({ limit: 10, state: 'waiting' })).toEqual([
      {
        ...{ id: second.webhookId, jobId: second.jobId, owner: 'alice', url: URL, format: 'test' },
        ...{ state: 'waiting', attempts: 0, nextAttempt: null, lastStatus: null, lastError: null },
        ...{ created: NOW, settled: null },
      },
    ]);
  });

  test('open webhooks are counted, settled ones are not', async () => {
    await endedRun(store, URL);
    await store.webhooks.delivered(await claimed(), 200, ENDED);
    await endedRun(store, URL);
    await submittedRun(store, URL);
    expect(await store.webhooks.countOpen()).toEqual({ waiting: 1, due: 1 });
  });

  test('a purge forgets delivered and dead ones by their own times, and no others', async () => {
    await endedRun(store, URL);
    await store.webhooks.delivered(await claimed(), 200, ENDED + 1);
    await endedRun(store, URL);
    await store.webhooks.failed(await claimed(), { status: null, error: 'no' }, null, ENDED + 2);
    await endedRun(store, URL);
    const states = async () => (await store.webhooks.list({ limit: 10 })).map(({ state }) => state);

    expect(await store.webhooks.purge({ delivered: ENDED + 1, dead: ENDED + 2 })).toBe(0);
    expect(await store.webhooks.purge({ delivered: ENDED + 2, dead: ENDED + 2 })).toBe(1);
    expect(await states()).toEqual(['due', 'dead']);
    expect(await store.webhooks.purge({ delivered: ENDED + DAY, dead: ENDED + 3 })).toBe(1);
    expect(await states()).toEqual(['due']);
  });
});
