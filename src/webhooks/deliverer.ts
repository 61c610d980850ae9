import { setTimeout as sleep } from 'node:timers/promises';
import type { WebhookAttempt } from '../core/webhook-store.ts';
import { attemptDelivery, type DeliveryParts, type Outcome } from './delivery.ts';
import { SilentHosts } from './silent-hosts.ts';
import { StorePatience } from './store-patience.ts';

/** Told of each attempt, for metrics. Calls must return at once and not throw. */
export interface DelivererObserver {
  /** `failed`: to be tried again; `dead`: not. `ms` after its claim everything is stored. */
  attempted(outcome: 'delivered' | 'failed' | 'dead', ms: number): void;
}

export interface DelivererOptions extends DeliveryParts {
  readonly observer?: DelivererObserver;
  /** Attempts under way at once. */
  readonly concurrency: number;
  /** How often the store is asked, ms. */
  readonly pollMs: number;
  /** How long a lost node keeps what it was sending, ms: longer than an attempt can take. */
  readonly leaseMs: number;
  /** How long `stop` lets attempts run on, ms. */
  readonly drainMs: number;
}

/** What is left to the store to take back what a stopping node did not send; the lease does it otherwise. */
const GIVING_BACK_MS = 1_000;
/** How long a webhook to a silent receiver is put off, so that others come first: so much, and as much again by chance. */
const PUT_OFF_MS = 15_000;

/** Sends what is due. Every node does so; the store gives each attempt to one of them. */
export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #formats: readonly string[];
  readonly #patience: StorePatience;
  readonly #silentHosts = new SilentHosts();
  readonly #underWay = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  /** Cuts short the attempts under way. */
  readonly #leaving = new AbortController();
  readonly #givingUp = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(options: DelivererOptions) {
    this.#options = options;
    this.#formats = [...options.bodies.keys()];
    this.#patience = new StorePatience(options.log);
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Begins nothing more, lets attempts run on for `drainMs`, then cuts them short and gives them back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const settled = Promise.resolve(this.#loop).then(() => Promise.all(this.#underWay));
    if (await settlesWithin(this.#options.drainMs, settled)) return;
    this.#leaving.abort();
    if (await settlesWithin(GIVING_BACK_MS, settled)) return;
    this.#givingUp.abort();
    await settled;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const more = await this.#claim();
      if (more) await Promise.race(this.#underWay);
      else await sleep(this.#patience.pause(this.#options.pollMs), undefined, { signal }).catch(() => {});
    }
  }

  /** Whether all slots are taken, so that more may be due. */
  async #claim(): Promise<boolean> {
    const { store, concurrency, leaseMs, clock } = this.#options;
    const limit = concurrency - this.#underWay.size;
    const claimedAt = performance.now();
    try {
      const attempts = await store.claim({ formats: this.#formats, limit, leaseMs, now: clock() });
      this.#patience.answered();
      for (const attempt of attempts) this.#begin(attempt, claimedAt);
      return attempts.length === limit;
    } catch (error) {
      this.#patience.failed(error);
      return false;
    }
  }

  #begin(attempt: WebhookAttempt, claimedAt: number): void {
    const work = this.#deliver(attempt, claimedAt).finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #deliver(attempt: WebhookAttempt, claimedAt: number): Promise<void> {
    const { log, observer } = this.#options;
    const { host } = new URL(attempt.url);
    const about = { webhook: attempt.id, jobId: attempt.jobId, attempt: attempt.attempt };
    try {
      const outcome = await this.#attempt(attempt, host);
      const store = () => this.#store(attempt, outcome);
      if (!(await this.#patience.untilAnswered(store, this.#givingUp.signal))) {
        log.warn(about, 'a webhook was sent by another node meanwhile');
        return;
      }
      if (outcome.kind === 'given back') return;
      const ms = Math.round(performance.now() - claimedAt);
      observer?.attempted(outcomeLabel(outcome), ms);
      // Not the URL: its path may be a secret of the receiver's.
      const told = { ...about, host, ms };
      if (outcome.kind === 'delivered') log.info({ ...told, status: outcome.status }, 'webhook delivered');
      else if (outcome.retryInMs === null) log.error({ ...told, ...outcome.failure }, 'webhook given up');
      else log.warn({ ...told, ...outcome.failure, retryInMs: outcome.retryInMs }, 'webhook failed');
    } catch (error) {
      log.error({ ...about, err: error }, "a webhook's outcome was not stored; its lease will run out");
    }
  }

  async #attempt(attempt: WebhookAttempt, host: string): Promise<Outcome> {
    if (!this.#silentHosts.begin(host, performance.now())) {
      return { kind: 'given back', againInMs: PUT_OFF_MS * (1 + Math.random()) };
    }
    let silent = false;
    try {
      const outcome = await attemptDelivery(attempt, this.#options, this.#leaving.signal);
      silent = outcome.kind === 'failed' && outcome.silent;
      return outcome;
    } finally {
      this.#silentHosts.ended(host, silent, performance.now());
    }
  }

  #store(attempt: WebhookAttempt, outcome: Outcome): Promise<boolean> {
    const { store, clock } = this.#options;
    const now = clock();
    switch (outcome.kind) {
      case 'delivered':
        return store.delivered(attempt, outcome.status, now);
      case 'failed': {
        const nextAttempt = outcome.retryInMs === null ? null : now + outcome.retryInMs;
        return store.failed(attempt, outcome.failure, nextAttempt, now);
      }
      case 'given back':
        return store.giveBack(attempt, outcome.againInMs && Math.round(now + outcome.againInMs));
    }
  }
}

function outcomeLabel(outcome: Exclude<Outcome, { kind: 'given back' }>): 'delivered' | 'failed' | 'dead' {
  return outcome.kind === 'failed' && outcome.retryInMs === null ? 'dead' : outcome.kind;
}

async function settlesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(ms, false, { signal: timer.signal }).catch(() => false);
  const settled = await Promise.race([work.then(() => true), late]);
  timer.abort();
  return settled;
}
