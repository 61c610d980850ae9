import type { Clock } from '../core/clock.ts';
import type { ClaimedJob, JobQueue, Outcome } from '../core/job-queue.ts';
import type { Program, ProgramCatalogue } from '../core/program.ts';
import { type FencedWrite, JobReporter, type WriteAnswer } from './job-reporter.ts';
import { failed, type ProgramRun, type RunEnd } from './program-run.ts';
import type { ProgramRunner } from './program-runner.ts';
import type { StoreLink } from './store-link.ts';
import type { WorkerLog } from './worker-log.ts';
import type { Departure, WorkerObserver } from './worker-observer.ts';

/**
 * Why a program is told to stop; a later reason in this list overrides an earlier one.
 * draining: this worker stops. cancelled: somebody asked. refused: the store would not take what the program
 * reported. expired: the lease has run out unrenewed, another worker may have the job. lost: another has, or may not be
 * asked any more.
 */
const STOP_REASONS = ['draining', 'cancelled', 'refused', 'expired', 'lost'] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** What the program is told. */
const ABORT_TEXT = {
  draining: 'the worker is stopping',
  cancelled: 'the job was cancelled',
  refused: 'the job store refused what the program reported',
  expired: 'the worker lost the job',
  lost: 'the worker lost the job',
} as const satisfies Record<StopReason, string>;

export interface JobRunDependencies {
  readonly queue: JobQueue;
  readonly catalogue: ProgramCatalogue;
  readonly runner: ProgramRunner;
  readonly store: StoreLink;
  readonly clock: Clock;
  readonly log: WorkerLog;
  readonly observer: WorkerObserver | undefined;
  readonly killGraceMs: number;
}

/** One claimed job, from its claim until the store has its end. */
export class JobRun {
  readonly job: ClaimedJob;
  /** Never rejects. */
  readonly done: Promise<void>;
  /** performance.now() of the claim or heartbeat that last renewed the lease, when it was sent. */
  renewedAt: number;
  readonly #with: JobRunDependencies;
  readonly #giveUp = new AbortController();
  #run: ProgramRun | undefined;
  #stopReason: StopReason | undefined;
  /** The reason there was when the program ended: what came later did not end it. */
  #stoppedBy: StopReason | undefined;
  #graceTimer: NodeJS.Timeout | undefined;
  #finishing = false;

  constructor(job: ClaimedJob, claimedAt: number, dependencies: JobRunDependencies) {
    this.job = job;
    this.renewedAt = claimedAt;
    this.#with = dependencies;
    this.done = this.#execute(claimedAt);
  }

  /** Tells the program to stop and, after the grace time, ends it. */
  stop(reason: StopReason): void {
    // Only the answer to the last write is awaited: the fence decides.
    if (this.#finishing) return;
    const earlier = this.#stopReason;
    if (earlier && STOP_REASONS.indexOf(earlier) >= STOP_REASONS.indexOf(reason)) return;
    this.#stopReason = reason;
    if (reason === 'lost') this.#giveUp.abort();
    if (earlier) return;
    this.#run?.abort(ABORT_TEXT[reason]);
    this.#graceTimer = setTimeout(() => this.#run?.terminate(), this.#with.killGraceMs);
  }

  /** Nothing more is written; the job's lease will run out and another worker will have it. */
  forsake(): void {
    this.stop('lost');
    this.#run?.terminate();
    this.#giveUp.abort();
  }

  async #execute(claimedAt: number): Promise<void> {
    const program = this.#with.catalogue.get(this.job.program);
    const end = program?.published
      ? await this.#runProgram(program, claimedAt)
      : failed(notToBeRun(this.job.program, program));
    const departure = await this.#settle(end);
    const ms = Math.round(performance.now() - claimedAt);
    this.#with.observer?.finished(departure, ms);
    this.#logEnd(departure, end, ms);
  }

  async #runProgram(program: Program, claimedAt: number): Promise<RunEnd> {
    const { runner, queue, clock, log, observer } = this.#with;
    const run = runner.run(this.job, program, {
      started: () => observer?.started(performance.now() - claimedAt),
      reported: () => void reporter.reported(),
      printed: (text) => log.debug({ jobId: this.job.jobId }, text),
    });
    this.#run = run;
    const write: FencedWrite = (doing, call) => this.#write(doing, call);
    const reporter = new JobReporter({ queue, job: this.job, run, write, clock });
    const end = await run.ended;
    this.#stoppedBy = this.#stopReason;
    clearTimeout(this.#graceTimer);
    await reporter.finish();
    return end;
  }

  /** Tells the store how the job ended, as often as it takes. */
  async #settle(end: RunEnd): Promise<Departure> {
    this.#finishing = true;
    if (this.#stopReason === 'lost') return 'lost';
    const outcome = this.#stopReason === 'refused' ? UNSTORABLE : outcomeOf(end, this.#stoppedBy);
    if (!outcome) {
      const { queue, clock } = this.#with;
      const answer = await this.#write('giving a job back', () => queue.giveBack(this.job, clock()));
      return answer === 'stored' ? 'given back' : 'lost';
    }
    const answer = await this.#finish(outcome);
    if (answer === 'stored') return outcome.state;
    return answer === 'refused' && (await this.#finish(UNSTORABLE)) === 'stored' ? UNSTORABLE.state : 'lost';
  }

  #finish(outcome: Outcome): Promise<WriteAnswer> {
    const { queue, clock } = this.#with;
    return this.#write('finishing a job', () => queue.finish(this.job, outcome, clock()));
  }

  async #write(doing: string, call: () => Promise<boolean>): Promise<WriteAnswer> {
    try {
      if (await this.#with.store.untilAnswered(doing, call, this.#giveUp.signal)) return 'stored';
    } catch (error) {
      if (!this.#giveUp.signal.aborted) {
        this.#with.log.error({ err: error, doing, jobId: this.job.jobId }, 'the job store refused a write');
        this.stop('refused');
        return 'refused';
      }
    }
    this.stop('lost');
    return 'lost';
  }

  #logEnd(departure: Departure, end: RunEnd, ms: number): void {
    const { jobId, program, attempt } = this.job;
    const facts = { jobId, program, attempt, departure, ms };
    if (departure === 'lost') this.#with.log.warn(facts, 'job lost: its lease ran out or it was taken away');
    else if (end.kind === 'failed') this.#with.log.info({ ...facts, detail: end.detail }, 'job ended');
    else this.#with.log.info(facts, 'job ended');
  }
}

const UNSTORABLE = {
  state: 'failed',
  result: null,
  errorMessage: 'what the program reported could not be stored',
} as const satisfies Outcome;

/** Undefined = the job goes back to the queue. */
function outcomeOf(end: RunEnd, stoppedBy: StopReason | undefined): Outcome | undefined {
  // A program that ends well in spite of the signal has completed.
  if (end.kind === 'returned') return { state: 'completed', result: end.result, errorMessage: null };
  if (stoppedBy === undefined) return { state: 'failed', result: null, errorMessage: end.message };
  return stoppedBy === 'cancelled' ? { state: 'cancelled', result: null, errorMessage: null } : undefined;
}

function notToBeRun(name: string, program: Program | undefined): string {
  return program
    ? `the program "${name}" is not published`
    : `the worker's catalogue has no program named "${name}"`;
}
