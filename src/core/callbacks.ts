import { createHash, randomBytes } from 'node:crypto';
import type { Callback, CallbackOutcome, CallbackStore } from './callback.ts';
import { type CallbackReport, readCallbackReport } from './callback-report.ts';
import type { Clock } from './clock.ts';
import { JobgateError } from './error.ts';
import type { JobDetail, TargetProgress } from './job.ts';
import type { JobQueue, ProgressReport } from './job-queue.ts';
import { HELD_STATES, isFinal, type JobState } from './job-state.ts';
import type { JobStore } from './job-store.ts';
import { progressReport } from './progress-report.ts';

const TOKEN_BYTES = 32;
/** Rows of one statement. */
const BATCH = 500;

/** A token for one call of an endpoint: 256 random bits, base64url. Only its hash is stored. */
export function newCallbackToken(): { readonly token: string; readonly tokenHash: string } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

/** What a call came to. later: the job is between two workers, nothing was stored, the call is to be made again. */
export type CallbackAnswer =
  | { readonly kind: 'stored'; readonly cancelling: boolean }
  | { readonly kind: 'later' };

/** Takes what the endpoints of http programs report about the jobs they were given. */
export class Callbacks {
  readonly #callbacks: CallbackStore;
  readonly #jobs: Pick<JobStore, 'findDetail' | 'findWithTargets'>;
  readonly #queue: Pick<JobQueue, 'report' | 'appendLog' | 'appendRecords'>;
  readonly #clock: Clock;

  constructor(parts: {
    callbacks: CallbackStore;
    jobs: Pick<JobStore, 'findDetail' | 'findWithTargets'>;
    queue: Pick<JobQueue, 'report' | 'appendLog' | 'appendRecords'>;
    clock: Clock;
  }) {
    this.#callbacks = parts.callbacks;
    this.#jobs = parts.jobs;
    this.#queue = parts.queue;
    this.#clock = parts.clock;
  }

  /** Throws INVALID_TOKEN unless the token was made for this job. */
  async authenticate(jobId: string, token: string): Promise<Callback> {
    // Found by its hash: how long that takes says nothing about a token.
    const callback = token === '' ? undefined : await this.#callbacks.find(hashToken(token));
    if (callback?.jobId === jobId) return callback;
    throw new JobgateError('INVALID_TOKEN', 'the token is not that of a call for this job');
  }

  /**
   * Stores what a call says. Throws INVALID_ARGUMENT, with nothing stored; JOB_TAKEN once the job has ended, or
   * another attempt has called its endpoint anew.
   */
  async report(callback: Callback, body: unknown): Promise<CallbackAnswer> {
    const report = readCallbackReport(body, this.#clock());
    const job = await this.#jobs.findDetail(callback.jobId);
    if (callback.outcome) return repeated(callback.outcome, report, job?.state);
    if (!job || isFinal(job.state)) throw over();
    const held =
      (HELD_STATES as readonly JobState[]).includes(job.state) &&
      job.attempt === callback.attempt &&
      job.workerId === callback.workerId;
    const stored = held && (await this.#store(callback, report, job));
    const saysMore = report.records.length + report.log.length > 0;
    // Also while the job waits for another worker, which will find the outcome.
    const ends = report.outcome !== undefined && (stored || (!held && !saysMore));
    if (ends && (await this.#settle(callback, report.outcome))) return answer(job.state);
    if (stored && !report.outcome) return answer(job.state);
    if (await this.#callbacks.isSuperseded(callback)) throw over();
    return { kind: 'later' };
  }

  async #settle(callback: Callback, outcome: CallbackOutcome | undefined): Promise<boolean> {
    return outcome !== undefined && (await this.#callbacks.settle(callback.tokenHash, outcome));
  }

  /** False when the fence no longer holds. */
  async #store(callback: Callback, report: CallbackReport, job: JobDetail): Promise<boolean> {
    const progress = await this.#progressOf(report, job);
    for (let from = 0; from < report.records.length; from += BATCH) {
      if (!(await this.#queue.appendRecords(callback, report.records.slice(from, from + BATCH))))
        return false;
    }
    for (let from = 0; from < report.log.length; from += BATCH) {
      if (!(await this.#queue.appendLog(callback, report.log.slice(from, from + BATCH)))) return false;
    }
    return progress === undefined || this.#queue.report(callback, progress, this.#clock());
  }

  async #progressOf(report: CallbackReport, job: JobDetail): Promise<ProgressReport | undefined> {
    const { progress, targetProgress, status, rows } = report;
    const moves = progress !== undefined || targetProgress.length > 0;
    if (!moves && status === undefined && rows === undefined) return undefined;
    return {
      ...(moves && (await this.#moved(report, job))),
      ...(status !== undefined && { statusMessage: status }),
      ...(rows && { counters: { ...job.counters, ...rows } }),
    };
  }

  async #moved({ progress, targetProgress }: CallbackReport, job: JobDetail): Promise<ProgressReport> {
    const found: TargetProgress = (await this.#jobs.findWithTargets(job.id)) ?? {
      targets: [],
      percentages: [],
    };
    const percentages = found.targets.map((_, position) => found.percentages[position] ?? 0);
    const positions = new Map(found.targets.map((target, position) => [target, position] as const).reverse());
    for (const [index, { id, percent }] of targetProgress.entries()) {
      const position = positions.get(id);
      if (position === undefined) {
        const place = `targetProgress[${index}]: id`;
        throw new JobgateError('INVALID_ARGUMENT', `${place}: it is not one of the job's targets`);
      }
      percentages[position] = percent;
    }
    const { count, target } = progress ?? job.progress;
    return progressReport({ startedAt: job.progress.startedAt ?? this.#clock(), count, target, percentages });
  }
}

/** The same end a second time is an answer that was lost; anything else comes too late. */
function repeated(
  outcome: CallbackOutcome,
  report: CallbackReport,
  state: JobState | undefined,
): CallbackAnswer {
  if (JSON.stringify(report.outcome) !== JSON.stringify(outcome)) throw over();
  return answer(state);
}

function answer(state: JobState | undefined): CallbackAnswer {
  return { kind: 'stored', cancelling: state === 'cancelling' };
}

function over(): JobgateError {
  return new JobgateError('JOB_TAKEN', 'the job has ended, or runs again without this call: stop');
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
