import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { WebhookStore } from '../core/webhook-store.ts';

/** Seconds; an attempt is given up after 15. */
const ATTEMPT_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 30];

/** What this process sends. Has the shape of the deliverer's observer, which this side may not import. */
export class WebhookMetrics {
  readonly #attempts: Counter;
  readonly #seconds: Histogram;

  /** `countOpen` is asked at a scrape; while it fails the gauge is left out. */
  constructor(registry: Registry, countOpen: WebhookStore['countOpen']) {
    const registers = [registry];
    this.#attempts = new Counter({
      name: 'jobgate_webhook_attempts_total',
      help: 'Attempts to send a webhook: delivered, failed (tried again) or dead (given up)',
      labelNames: ['outcome'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'jobgate_webhook_attempt_duration_seconds',
      help: "From a webhook's claim until the attempt's outcome is stored",
      buckets: ATTEMPT_BUCKETS,
      registers,
    });
    new Gauge({
      name: 'jobgate_webhooks_open',
      help: 'Webhooks that wait for the end of their job, or are due to be sent',
      labelNames: ['state'],
      registers,
      async collect() {
        this.reset();
        const counts = await countOpen().catch(() => undefined);
        if (counts === undefined) return;
        for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
      },
    });
  }

  attempted(outcome: 'delivered' | 'failed' | 'dead', ms: number): void {
    this.#attempts.inc({ outcome });
    this.#seconds.observe(ms / 1000);
  }
}
