import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Webhook } from '../../src/core/webhook-store.ts';
import type { Store } from '../../src/storage/open-store.ts';
import { AddressGuard } from '../../src/webhooks/address-guard.ts';
import { AllowedHosts } from '../../src/webhooks/allowed-hosts.ts';
import { Deliverer, type DelivererOptions } from '../../src/webhooks/deliverer.ts';
import { RETRY_DELAYS_MS } from '../../src/webhooks/retry-schedule.ts';
import { eventually } from '../support/eventually.ts';
import { ENDED } from './ended-run.ts';

export interface DelivererRig {
  readonly deliverer: Deliverer;
  /** Lines logged so far. */
  readonly log: readonly Record<string, unknown>[];
  /** What the observer was told so far. */
  readonly outcomes: readonly string[];
  /** The deliverer's time, ms UTC. */
  now: number;
  /** The webhook, once it is as the probe wants it. */
  webhook(id: string, probe: (webhook: Webhook) => boolean): Promise<Webhook>;
  /** Lets time pass until the webhook is due again. */
  passUntilDue(id: string): Promise<void>;
}

/** A running deliverer on the store, stopped when the test ends. Its clock stands still unless told otherwise. */
export function delivererRig(store: Store, more: Partial<DelivererOptions> = {}): DelivererRig {
  const log: Record<string, unknown>[] = [];
  const outcomes: string[] = [];
  const logger = pino({ level: 'debug', base: null }, { write: (line) => void log.push(JSON.parse(line)) });
  const deliverer = new Deliverer({
    store: store.webhooks,
    bodies: new Map([['test', async (jobId: string) => JSON.stringify({ jobId })]]),
    keys: [],
    guard: new AddressGuard(new AllowedHosts(['127.0.0.1'])),
    clock: () => rig.now,
    log: logger,
    observer: { attempted: (outcome) => void outcomes.push(outcome) },
    retryDelaysMs: RETRY_DELAYS_MS,
    timeoutMs: 10_000,
    concurrency: 4,
    pollMs: 10,
    leaseMs: 600_000,
    drainMs: 0,
    ...more,
  });
  const rig: DelivererRig = {
    deliverer,
    log,
    outcomes,
    now: ENDED,
    webhook: (id, probe) =>
      eventually(`the webhook is as awaited; log: ${log.map(({ msg }) => msg).join(', ')}`, async () => {
        const found = (await store.webhooks.list({ limit: 100 })).find((webhook) => webhook.id === id);
        return found && probe(found) && found;
      }),
    async passUntilDue(id) {
      const { nextAttempt } = await rig.webhook(id, (webhook) => (webhook.nextAttempt ?? 0) > rig.now);
      rig.now = nextAttempt ?? 0;
    },
  };
  onTestFinished(() => deliverer.stop());
  deliverer.start();
  return rig;
}
