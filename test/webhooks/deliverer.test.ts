import { createHmac, randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { JobgateError } from '../../src/core/error.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { AddressGuard } from '../../src/webhooks/address-guard.ts';
import { AllowedHosts } from '../../src/webhooks/allowed-hosts.ts';
import { RETRY_DELAYS_MS } from '../../src/webhooks/retry-schedule.ts';
import { SigningKey } from '../../src/webhooks/signing-key.ts';
import { forEachEngine } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { delivererRig } from './deliverer-rig.ts';
import { ENDED, endedRun, submittedRun } from './ended-run.ts';
import { answers, hangsUp, type ReceivedWebhook, type Receiver, stalls, startReceiver } from './receiver.ts';

const AWAY = new JobgateError('STORE_UNAVAILABLE', 'away');

forEachEngine((engine) => {
  let url: string;
  let store: Store;
  let receiver: Receiver;

  beforeAll(async () => {
    url = await engine.url();
    store = await engine.openStore(url);
  });

  beforeEach(async () => {
    await engine.empty(url);
    receiver = await startReceiver();
  });

  const receivedBy = ({ received }: Receiver, count: number) =>
    eventually(`${count} messages`, () => received.length >= count && received);

  describe('a webhook', () => {
    test('arrives when its job has ended, signed with each key', async () => {
      const keys = [randomBytes(32), randomBytes(24)];
      const rig = delivererRig(store, {
        keys: keys.map((key) => new SigningKey(`whsec_${key.toString('base64')}`)),
      });
      const { webhookId, jobId } = await endedRun(store, receiver.url);
      await rig.webhook(webhookId, ({ state }) => state === 'delivered');

      const [message] = receiver.received;
      const { headers, body } = message as ReceivedWebhook;
      expect(body).toBe(`{"jobId":"${jobId}"}`);
      const timestamp = String(Math.floor(ENDED / 1000));
      const signatures = keys.map((key) =>
        createHmac('sha256', key).update(`${webhookId}.${timestamp}.${body}`).digest('base64'),
      );
      expect(headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'jobgate',
        'webhook-id': webhookId,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatures.map((signature) => `v1,${signature}`).join(' '),
      });
      await eventually('it is counted', () => rig.outcomes.length > 0);
      expect(rig.outcomes).toEqual(['delivered']);
      expect(rig.log).toMatchObject([{ msg: 'webhook delivered', webhook: webhookId, jobId, status: 204 }]);
    });

    test('does not arrive while its job runs', async () => {
      const waiting = await submittedRun(store, receiver.url.replace('/hook', '/early'));
      const rig = delivererRig(store);
      await store.jobs.requestCancel(waiting.jobId, ENDED);
      await rig.webhook(waiting.webhookId, ({ state }) => state === 'delivered');
      expect(receiver.received).toHaveLength(1);
    });

    test('comes back after errors, silence, redirections and hang-ups, the same to the byte, until it is taken', async () => {
      const elsewhere = await startReceiver();
      const reactions = [
        answers(500),
        stalls,
        answers(307, { Location: elsewhere.url }),
        hangsUp,
        answers(404),
        answers(201),
      ];
      receiver.react(...reactions);
      let rendered = 0;
      const rig = delivererRig(store, {
        timeoutMs: 1_000,
        keys: [new SigningKey(`whsec_${randomBytes(32).toString('base64')}`)],
        bodies: new Map([['test', async () => `{"log":"ü","rendered":${++rendered}}`]]),
      });
      const { webhookId } = await endedRun(store, receiver.url);
      const errors: (string | null)[] = [];
      for (let attempt = 1; attempt < reactions.length; attempt += 1) {
        const failed = await rig.webhook(
          webhookId,
          (webhook) => webhook.attempts === attempt && (webhook.nextAttempt ?? 0) > rig.now,
        );
        errors.push(failed.lastError);
        const delay = (failed.nextAttempt ?? 0) - rig.now;
        const planned = RETRY_DELAYS_MS[attempt - 1] ?? 0;
        expect(Math.abs(delay - planned)).toBeLessThanOrEqual(planned * 0.1);
        await rig.passUntilDue(webhookId);
      }
      await rig.webhook(webhookId, ({ state }) => state === 'delivered');

      expect(errors).toEqual([
        'it was answered 500',
        'no answer within 1 s',
        'it was answered 307; redirects are not followed',
        'socket hang up',
        'it was answered 404',
      ]);
      expect(elsewhere.received).toEqual([]);
      const { received } = receiver;
      const different = (of: (message: ReceivedWebhook) => unknown) => new Set(received.map(of)).size;
      expect(received).toHaveLength(reactions.length);
      expect(different(({ body }) => body)).toBe(1);
      expect(different(({ headers }) => headers['webhook-id'])).toBe(1);
      expect(different(({ headers }) => headers['webhook-timestamp'])).toBe(reactions.length);
      expect(different(({ headers }) => headers['webhook-signature'])).toBe(reactions.length);
      expect(rig.outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(5);
    });

    test('does not come back before the time that Retry-After names', async () => {
      receiver.react(answers(429, { 'Retry-After': '3600' }), answers(204));
      const rig = delivererRig(store);
      const { webhookId } = await endedRun(store, receiver.url);
      const failed = await rig.webhook(webhookId, ({ lastStatus }) => lastStatus === 429);
      expect(failed.nextAttempt).toBe(ENDED + 3_600_000);
    });

    test('is dead at once when the receiver says that it is gone', async () => {
      receiver.react(answers(410, { 'Retry-After': '1' }));
      const rig = delivererRig(store);
      const { webhookId } = await endedRun(store, receiver.url);
      expect(await rig.webhook(webhookId, ({ state }) => state === 'dead')).toMatchObject({
        ...{ attempts: 1, lastStatus: 410, nextAttempt: null },
        lastError: 'the receiver wants no more of it (410 Gone)',
      });
      await eventually('it is counted', () => rig.outcomes.includes('dead'));
    });

    test('is dead after the last attempt, and arrives when somebody asks for it again', async () => {
      receiver.react(answers(500));
      const rig = delivererRig(store, { retryDelaysMs: [1_000, 2_000] });
      const { webhookId } = await endedRun(store, receiver.url);
      await rig.passUntilDue(webhookId);
      await rig.webhook(webhookId, ({ attempts }) => attempts === 2);
      await rig.passUntilDue(webhookId);
      expect(await rig.webhook(webhookId, ({ state }) => state === 'dead')).toMatchObject({ attempts: 3 });

      receiver.react(answers(200));
      await store.webhooks.redeliver(webhookId, rig.now);
      expect(await rig.webhook(webhookId, ({ state }) => state === 'delivered')).toMatchObject({
        attempts: 1,
      });
      expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    });

    test('that its nodes did not survive is given up without another attempt', async () => {
      const { webhookId } = await endedRun(store, receiver.url);
      for (let n = 0; n < 2; n += 1) {
        await store.webhooks.claim({ formats: ['test'], limit: 1, leaseMs: 0, now: ENDED });
      }
      const rig = delivererRig(store, { retryDelaysMs: [1_000] });
      const dead = await rig.webhook(webhookId, ({ state }) => state === 'dead');
      expect(dead.lastError).toContain('the node that made the last one was lost');
      expect(receiver.received).toEqual([]);
    });

    test('whose job is gone is dead, and says so', async () => {
      const rig = delivererRig(store, { bodies: new Map([['test', async () => undefined]]) });
      const { webhookId } = await endedRun(store, receiver.url);
      expect(await rig.webhook(webhookId, ({ state }) => state === 'dead')).toMatchObject({
        lastError: 'its job is gone',
      });
      expect(receiver.received).toEqual([]);
    });

    test('that cannot be rendered comes back, and the reason is in the log alone', async () => {
      const rig = delivererRig(store, {
        bodies: new Map([['test', () => Promise.reject(new Error('bug'))]]),
      });
      const { webhookId } = await endedRun(store, receiver.url);
      const failed = await rig.webhook(webhookId, ({ lastError }) => lastError !== null);
      expect(failed).toMatchObject({ state: 'due', lastError: 'its body could not be rendered' });
      expect(rig.log[0]).toMatchObject({ msg: 'a webhook was not rendered', err: { message: 'bug' } });
    });

    test('loses no attempt to a store that is away while it is rendered', async () => {
      const render = vi.fn(async () => '{}').mockRejectedValueOnce(AWAY);
      const rig = delivererRig(store, { bodies: new Map([['test', render]]) });
      const { webhookId } = await endedRun(store, receiver.url);
      const delivered = await rig.webhook(webhookId, ({ state }) => state === 'delivered');
      expect(render).toHaveBeenCalledTimes(2);
      expect(delivered.attempts).toBe(1);
    });

    test('that was taken is not sent again although the store was away when that was to be stored', async () => {
      const { webhooks } = store;
      const failing = vi.spyOn(webhooks, 'delivered').mockRejectedValueOnce(AWAY).mockRejectedValueOnce(AWAY);
      const rig = delivererRig(store);
      const { webhookId } = await endedRun(store, receiver.url);
      await rig.webhook(webhookId, ({ state }) => state === 'delivered');
      expect(failing).toHaveBeenCalledTimes(3);
      expect(receiver.received).toHaveLength(1);
      await eventually('the outage is over in the log', () =>
        rig.log.some(({ msg }) => msg === 'webhooks: the store answers again'),
      );
    });

    test('is not sent where the address guard forbids it', async () => {
      const rig = delivererRig(store, { guard: new AddressGuard(new AllowedHosts([])) });
      const { webhookId } = await endedRun(store, receiver.url);
      const failed = await rig.webhook(webhookId, ({ lastError }) => lastError !== null);
      expect(failed.lastError).toContain('127.0.0.1 is not a public address');
      expect(receiver.received).toEqual([]);
    });

    test('leaves its host in the log, and neither path nor query', async () => {
      const rig = delivererRig(store);
      const { webhookId } = await endedRun(store, receiver.url);
      await rig.webhook(webhookId, ({ state }) => state === 'delivered');
      await eventually('it is logged', () => rig.log.length > 0);
      expect(rig.log[0]).toMatchObject({ host: new URL(receiver.url).host });
      expect(JSON.stringify(rig.log)).not.toMatch(/hook\?|key=1/);
    });
  });

  describe('the deliverer', () => {
    test('has no more attempts under way than it may, and the others wait', async () => {
      receiver.react(stalls);
      for (let n = 0; n < 3; n += 1) await endedRun(store, receiver.url);
      const rig = delivererRig(store, { concurrency: 2, timeoutMs: 1_000 });
      await receivedBy(receiver, 2);
      const states = await store.webhooks.list({ limit: 3 });
      expect(states.filter(({ attempts }) => attempts === 0)).toHaveLength(1);
      await receivedBy(receiver, 3);
      expect(rig.log.filter(({ msg }) => msg === 'webhook failed').length).toBeGreaterThan(0);
    });

    test('puts off what is for a silent receiver, so that others need not wait for its time to be over', async () => {
      const silent = await startReceiver();
      silent.react(stalls);
      for (let n = 0; n < 9; n += 1) await endedRun(store, silent.url);
      const { webhookId } = await endedRun(store, receiver.url);
      // Three, then two, and while those wait, the rest is put off: a second is time enough for that on a busy machine.
      const rig = delivererRig(store, { concurrency: 3, timeoutMs: 1_000 });
      await rig.webhook(webhookId, ({ state }) => state === 'delivered');
      expect(silent.received.length).toBeLessThanOrEqual(6);
      const others = await store.webhooks.list({ limit: 10, state: 'due' });
      const putOff = others.filter(
        ({ attempts, nextAttempt }) => attempts === 0 && (nextAttempt ?? 0) > ENDED,
      );
      expect(putOff.length).toBeGreaterThanOrEqual(3);
      for (const { nextAttempt } of putOff) {
        expect((nextAttempt ?? 0) - ENDED).toBeGreaterThanOrEqual(15_000);
        expect((nextAttempt ?? 0) - ENDED).toBeLessThanOrEqual(30_000);
      }
    });

    test('sends each webhook once, however many nodes there are', async () => {
      const other = await engine.openStore(url);
      const rigs = [delivererRig(store), delivererRig(other), delivererRig(other)];
      const runs = [];
      for (let n = 0; n < 8; n += 1) runs.push(await endedRun(store, receiver.url));
      for (const { webhookId } of runs) {
        await rigs[0]?.webhook(webhookId, ({ state }) => state === 'delivered');
      }
      const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
      expect(ids.toSorted()).toEqual(runs.map(({ webhookId }) => webhookId).toSorted());
    });

    test('lets an attempt end when it is stopped', async () => {
      let answer = () => {};
      receiver.react((response) => {
        answer = () => response.writeHead(200).end();
      });
      const rig = delivererRig(store, { drainMs: 10_000 });
      const { webhookId } = await endedRun(store, receiver.url);
      await receivedBy(receiver, 1);
      const stopped = rig.deliverer.stop();
      answer();
      await stopped;
      expect(await store.webhooks.list({ limit: 1 })).toMatchObject([{ id: webhookId, state: 'delivered' }]);
    });

    test('gives back what is not answered while it stops, for another node to send at once', async () => {
      receiver.react(stalls, answers(204));
      const rig = delivererRig(store, { drainMs: 50 });
      const { webhookId } = await endedRun(store, receiver.url);
      await receivedBy(receiver, 1);
      await rig.deliverer.stop();
      expect(await store.webhooks.list({ limit: 1 })).toMatchObject([{ state: 'due', attempts: 0 }]);
      const another = delivererRig(store);
      await another.webhook(webhookId, ({ state, attempts }) => state === 'delivered' && attempts === 1);
    });

    test('stops although the store is away', async () => {
      vi.spyOn(store.webhooks, 'delivered').mockRejectedValue(AWAY);
      const rig = delivererRig(store);
      await endedRun(store, receiver.url);
      await receivedBy(receiver, 1);
      await rig.deliverer.stop();
      expect(rig.log.map(({ msg }) => msg)).toContain(
        "a webhook's outcome was not stored; its lease will run out",
      );
    });

    test('bears with a store that is away, and says so once', async () => {
      const claim = vi.spyOn(store.webhooks, 'claim').mockRejectedValueOnce(AWAY).mockRejectedValueOnce(AWAY);
      const rig = delivererRig(store);
      const { webhookId } = await endedRun(store, receiver.url);
      await rig.webhook(webhookId, ({ state }) => state === 'delivered');
      expect(claim.mock.calls.length).toBeGreaterThan(2);
      await eventually('the delivery is logged', () => rig.log.at(-1)?.['msg'] === 'webhook delivered');
      expect(rig.log.map(({ msg }) => msg)).toEqual([
        'webhooks: the store fails; trying again',
        'webhooks: the store answers again',
        'webhook delivered',
      ]);
    });
  });
});
