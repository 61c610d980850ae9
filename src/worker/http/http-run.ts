import { setTimeout as sleep } from 'node:timers/promises';
import type { CallbackOutcome, CallbackStore } from '../../core/callback.ts';
import { newCallbackToken } from '../../core/callbacks.ts';
import type { Clock } from '../../core/clock.ts';
import type { ClaimedJob, LogLine } from '../../core/job-queue.ts';
import type { HttpProgram } from '../../core/program.ts';
import { LARGEST_RESULT } from '../../core/report-checks.ts';
import type { ProgramRecord } from '../../core/status-record.ts';
import { jobDocument } from '../job-document.ts';
import { failed, type ProgramRun, type RunEnd, type RunListener, type Taken } from '../program-run.ts';
import type { StoreLink } from '../store-link.ts';
import { describeTimeLimit, startTimeLimit } from '../time-limit.ts';
import type { CallbackWatch } from './callback-watch.ts';
import { type EndpointAnswer, NotReached, postJson } from './post-job.ts';
import { readAnswer } from './read-answer.ts';
import { retryAfterMs } from './retry-after.ts';

/** An endpoint that has not begun is called again so often. */
const RETRIES = 3;

export interface HttpRunDependencies {
  readonly callbacks: CallbackStore;
  readonly watch: CallbackWatch;
  /** Where endpoints reach the gateways, without a slash at its end. */
  readonly callbackUrl: string;
  readonly store: StoreLink;
  readonly clock: Clock;
  /** Before the first repetition; each next one waits twice as long. */
  readonly firstRetryMs: number;
}

/** One call of an endpoint, and the wait for what it says later. What it reports meanwhile goes to a gateway, not through here. */
export class HttpRun implements ProgramRun {
  readonly ended: Promise<RunEnd>;
  readonly #job: ClaimedJob;
  readonly #program: HttpProgram;
  readonly #listener: RunListener;
  readonly #with: HttpRunDependencies;
  /** Aborted when the endpoint is not to be called any more: at once on a kill, since it has not said that it goes on. */
  readonly #call = new AbortController();
  /** Aborted when nothing is awaited any more. */
  readonly #wait = new AbortController();
  #failure = 'the program was stopped';
  #stopTimer = () => {};

  constructor(
    job: ClaimedJob,
    program: HttpProgram,
    listener: RunListener,
    dependencies: HttpRunDependencies,
  ) {
    this.#job = job;
    this.#program = program;
    this.#listener = listener;
    this.#with = dependencies;
    this.ended = this.#run()
      .catch((error: unknown) => this.#broken(error))
      .finally(() => this.#stopTimer());
  }

  /** An endpoint that has accepted hears of it in the answer to its next call. */
  abort(): void {
    this.#call.abort();
  }

  terminate(): void {
    this.#call.abort();
    this.#wait.abort();
  }

  progressAfter(): undefined {
    return undefined;
  }

  takeRecords(): Taken<ProgramRecord> {
    return NOTHING;
  }

  takeLines(): Taken<LogLine> {
    return NOTHING;
  }

  async #run(): Promise<RunEnd> {
    const { callbacks, clock } = this.#with;
    const earlier = await this.#ask('taking over a callback', () => callbacks.takeOver(this.#job));
    this.#listener.started();
    if (earlier?.outcome) return endOf(earlier.outcome);
    if (earlier) {
      this.#limitFrom(earlier.created);
      return this.#outcome(earlier.tokenHash);
    }
    const created = clock();
    this.#limitFrom(created);
    const { token, tokenHash } = newCallbackToken();
    await this.#ask('storing a callback', () => callbacks.insert({ ...this.#fence(), tokenHash, created }));
    const end = readAnswer(await this.#postUntilReached(token));
    if (end !== 'accepted') return end;
    await this.#ask('storing a callback', () => callbacks.accept(tokenHash));
    return this.#outcome(tokenHash);
  }

  async #outcome(tokenHash: string): Promise<RunEnd> {
    const outcome = await this.#with.watch.outcome(tokenHash, this.#wait.signal);
    return outcome ? endOf(outcome) : failed(this.#failure);
  }

  async #postUntilReached(token: string): Promise<EndpointAnswer> {
    for (let tries = 0, pause = this.#with.firstRetryMs; ; tries += 1, pause *= 2) {
      let wait = pause;
      try {
        const answer = await this.#post(token);
        const retryAfter =
          answer.status === 503 ? retryAfterMs(answer.headers['retry-after'], this.#with.clock()) : undefined;
        if (retryAfter === undefined || tries === RETRIES) return answer;
        wait = retryAfter;
        this.#listener.printed(`the endpoint answered 503; calling again in ${wait} ms`);
      } catch (error) {
        if (!(error instanceof NotReached) || tries === RETRIES || this.#call.signal.aborted) throw error;
        this.#listener.printed(`the endpoint was not reached: ${error.message}; calling again in ${wait} ms`);
      }
      await sleep(wait, undefined, { signal: this.#call.signal });
    }
  }

  #post(token: string): Promise<EndpointAnswer> {
    const { url, headers } = this.#program;
    const callback = {
      url: `${this.#with.callbackUrl}/jobgate/callback/${encodeURIComponent(this.#job.jobId)}`,
      token,
    };
    const json = JSON.stringify({ ...jobDocument(this.#job), callback });
    return postJson(url, headers, json, { longest: LARGEST_RESULT, signal: this.#call.signal });
  }

  #ask<T>(doing: string, call: () => Promise<T>): Promise<T> {
    return this.#with.store.untilAnswered(doing, call, this.#wait.signal);
  }

  #fence() {
    const { jobId, workerId, attempt } = this.#job;
    return { jobId, workerId, attempt };
  }

  #limitFrom(start: number): void {
    const { timeLimitMs } = this.#program;
    const left = Math.max(0, start + timeLimitMs - this.#with.clock());
    this.#stopTimer = startTimeLimit(left, () => {
      this.#failure = describeTimeLimit(timeLimitMs);
      this.terminate();
    });
  }

  #broken(error: unknown): RunEnd {
    if (this.#call.signal.aborted) return failed(this.#failure);
    const { message } = error as Error;
    return error instanceof NotReached
      ? failed(`the endpoint was not reached: ${message}`)
      : failed(`the call of the endpoint broke off: ${message}`);
  }
}

const NOTHING = { values: [], stored: () => {} };

function endOf(outcome: CallbackOutcome): RunEnd {
  return 'error' in outcome ? failed(outcome.error) : { kind: 'returned', result: outcome.result };
}
