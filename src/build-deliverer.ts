import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { WebhookBodies } from './core/webhook-bodies.ts';
import type { Dialect, House } from './dialects/dialect.ts';
import type { Store } from './storage/open-store.ts';
import { AddressGuard } from './webhooks/address-guard.ts';
import { Deliverer, type DelivererObserver } from './webhooks/deliverer.ts';
import { RETRY_DELAYS_MS } from './webhooks/retry-schedule.ts';

/** Attempts under way at once: a silent receiver holds one for 15 s. */
const CONCURRENCY = 32;
const POLL_MS = 500;
const TIMEOUT_MS = 15_000;
/** Rendering and storing included, even on a slow store. */
const LEASE_MS = 2 * TIMEOUT_MS;

/** What sends this node's share of the webhooks that rooms render. */
export function buildDeliverer(
  store: Store,
  config: Config,
  bodies: WebhookBodies,
  { log, observer }: { log: Logger; observer: DelivererObserver },
): Deliverer {
  const keys = config.JOBGATE_WEBHOOK_SECRETS;
  if (bodies.size > 0 && keys.length === 0) {
    log.warn('webhooks go out unsigned: JOBGATE_WEBHOOK_SECRETS is not set');
  }
  return new Deliverer({
    store: store.webhooks,
    bodies,
    keys,
    guard: new AddressGuard(config.JOBGATE_WEBHOOK_ALLOW),
    clock: Date.now,
    log,
    observer,
    retryDelaysMs: RETRY_DELAYS_MS,
    timeoutMs: TIMEOUT_MS,
    concurrency: CONCURRENCY,
    pollMs: POLL_MS,
    leaseMs: LEASE_MS,
    drainMs: config.JOBGATE_DRAIN_SECONDS * 1_000,
  });
}

/** The renderers of the rooms that send webhooks; a format is called as its room is. */
export function webhookBodies(dialects: readonly Dialect[], house: House): WebhookBodies {
  return new Map(
    dialects.flatMap(({ name, webhookBody }) => (webhookBody ? [[name, webhookBody(house)]] : [])),
  );
}
