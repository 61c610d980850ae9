import { Counter, collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../core/clock.ts';
import { OPEN_STATES } from '../core/job-state.ts';
import type { JobStore } from '../core/job-store.ts';
import type { WebhookStore } from '../core/webhook-store.ts';
import type { ExchangeOutcome } from './exchange.ts';
import { STORE_QUESTION_LIMITS } from './readiness.ts';
import { remembered } from './remembered.ts';
import { WebhookMetrics } from './webhook-metrics.ts';
import { QUICK_BUCKETS, WorkerMetrics } from './worker-metrics.ts';

/** All that is measured, under one registry. Labels come from closed lists, so that no client can add a time series. */
export class Metrics {
  readonly #registry: Registry;
  readonly #requests: Counter;
  readonly #requestSeconds: Histogram;
  readonly #pageSeconds: Histogram;
  readonly worker: WorkerMetrics;
  readonly webhooks: WebhookMetrics;

  /** What is open is asked at a scrape; while that fails its gauge is left out and the scrape goes on. */
  constructor(
    registry: Registry,
    countOpen: { readonly jobs: JobStore['countOpen']; readonly webhooks: WebhookStore['countOpen'] },
    now: Clock,
  ) {
    const registers = [registry];
    this.#registry = registry;
    this.#requests = new Counter({
      name: 'jobgate_http_requests_total',
      help: 'Requests answered, by room, operation and outcome',
      labelNames: ['room', 'operation', 'outcome'],
      registers,
    });
    this.#requestSeconds = new Histogram({
      name: 'jobgate_http_request_duration_seconds',
      help: 'From the request head to the last byte of the answer',
      labelNames: ['room', 'operation'],
      buckets: QUICK_BUCKETS,
      registers,
    });
    this.#pageSeconds = new Histogram({
      name: 'jobgate_page_duration_seconds',
      help: 'Reading one page of status records from the store',
      buckets: QUICK_BUCKETS,
      registers,
    });
    this.worker = new WorkerMetrics(registry);
    this.webhooks = new WebhookMetrics(registry, remembered(countOpen.webhooks, STORE_QUESTION_LIMITS, now));
    registerOpenJobs(registry, remembered(countOpen.jobs, STORE_QUESTION_LIMITS, now));
    collectDefaultMetrics({ register: registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  exposition(): Promise<string> {
    return this.#registry.metrics();
  }

  requestEnded(room: string, operation: string, outcome: ExchangeOutcome, ms: number): void {
    this.#requests.inc({ room, operation, outcome });
    this.#requestSeconds.observe({ room, operation }, ms / 1000);
  }

  pageRead(ms: number): void {
    this.#pageSeconds.observe(ms / 1000);
  }
}

function registerOpenJobs(registry: Registry, countOpen: JobStore['countOpen']): void {
  new Gauge({
    name: 'jobgate_jobs_open',
    help: 'Jobs in the store that are not in a final state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset();
      const counts = await countOpen().catch(() => undefined);
      if (counts === undefined) return;
      for (const state of OPEN_STATES) this.set({ state }, counts[state]);
    },
  });
}
