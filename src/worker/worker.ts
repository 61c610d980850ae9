import { setTimeout as sleep } from 'node:timers/promises';
import type { CallbackStore } from '../core/callback.ts';
import type { Clock } from '../core/clock.ts';
import type { JobDataStore } from '../core/job-data.ts';
import type { ClaimedJob, Fence, JobQueue } from '../core/job-queue.ts';
import type { WorkSignal } from '../core/jobs.ts';
import type { ProgramCatalogue } from '../core/program.ts';
import { JobClaimer } from './job-claimer.ts';
import { JobRun } from './job-run.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { ProgramRunner } from './program-runner.ts';
import { Rescuer } from './rescuer.ts';
import { StoreLink } from './store-link.ts';
import { newWorkerId } from './worker-id.ts';
import type { WorkerLog } from './worker-log.ts';
import type { WorkerObserver } from './worker-observer.ts';

export interface WorkerSettings {
  /** Programs that run at once. */
  readonly concurrency: number;
  /** How long a job is this worker's without a heartbeat, ms. */
  readonly leaseMs: number;
  /** A job whose worker was lost this often is abandoned. */
  readonly maxLosses: number;
  /** How long a program that was told to stop may tidy up before it is ended, ms. */
  readonly killGraceMs: number;
  /** How long `stop` lets programs run on, ms. */
  readonly drainMs: number;
  /** How often to look for work that other processes submitted, ms. */
  readonly pollMs: number;
  /** The JavaScript heap of one module program, MiB. */
  readonly maxHeapMb: number;
  /** Bytes of the largest item of job data that a program may add. */
  readonly maxDataBytes: number;
  /** Where the endpoints of http programs reach the gateways, without a slash at its end. */
  readonly callbackUrl: string;
}

export interface WorkerOptions {
  readonly queue: JobQueue;
  readonly data: JobDataStore;
  readonly callbacks: CallbackStore;
  readonly catalogue: ProgramCatalogue;
  readonly clock: Clock;
  readonly log: WorkerLog;
  readonly settings: WorkerSettings;
  readonly observer?: WorkerObserver;
}

/** Takes jobs from the store and runs them. As a WorkSignal it is told at once of what happens in its own process. */
export interface Worker extends WorkSignal {
  /** ASCII, at most 64 characters; new with each process. */
  readonly workerId: string;
  start(): void;
  /**
   * Claims no more, lets programs run on for `drainMs`, then stops them and gives their jobs back. Settles
   * when every write is done; where the store is away, writing is given up once the leases have run out.
   */
  stop(): Promise<void>;
}

export function createWorker(options: WorkerOptions): Worker {
  const { queue, data, callbacks, catalogue, clock, log, settings, observer } = options;
  const workerId = newWorkerId();
  const {
    concurrency,
    leaseMs,
    maxLosses,
    killGraceMs,
    drainMs,
    pollMs,
    maxHeapMb,
    maxDataBytes,
    callbackUrl,
  } = settings;
  const store = new StoreLink(log);
  const runner = new ProgramRunner({
    ...{ concurrency, maxHeapMb, maxDataBytes, killGraceMs, callbackUrl },
    ...{ data, callbacks, store, clock, log },
  });
  const runs = new Set<JobRun>();
  /** What `stop` waits for: runs, and jobs on their way back. */
  const inHand = new Set<Promise<void>>();
  const givingUp = new AbortController();
  let stopping: Promise<void> | undefined;

  const claimer = new JobClaimer({
    ...{ workerId, leaseMs, pollMs, queue, store, clock, observer },
    freeSlots: () => concurrency - runs.size,
    claimed: (job, claimedAt) => {
      if (stopping) void giveBack(job);
      else run(job, claimedAt);
    },
    unanswered: () => leases.expectStrays(),
  });
  const leases = new LeaseKeeper({
    ...{ workerId, leaseMs, queue, store, runs },
    claimEvents: () => claimer.events,
    stray: giveBack,
  });
  const rescuer = new Rescuer({ queue, maxLosses, store, clock, log, requeued: () => claimer.wake() });

  function run(job: ClaimedJob, claimedAt: number): void {
    const jobRun = new JobRun(job, claimedAt, {
      ...{ queue, catalogue, runner, store, clock, log, observer, killGraceMs },
    });
    runs.add(jobRun);
    void keepInHand(jobRun.done).then(() => {
      runs.delete(jobRun);
      claimer.slotFreed();
    });
  }

  function giveBack(job: Fence): Promise<void> {
    const answer = store
      .untilAnswered('giving a job back', () => queue.giveBack(job, clock()), givingUp.signal)
      .then(() => {})
      .catch((error: unknown) => {
        log.error({ err: error, jobId: job.jobId }, 'a job was not given back; its lease will run out');
      });
    return keepInHand(answer);
  }

  function keepInHand(work: Promise<void>): Promise<void> {
    inHand.add(work);
    return work.then(() => {
      inHand.delete(work);
    });
  }

  async function drain(): Promise<void> {
    const claimed = claimer.stop();
    const settled = Promise.all([rescuer.stop(), claimed.then(() => Promise.all(inHand))]);
    if (!(await settlesWithin(drainMs, settled))) {
      for (const jobRun of runs) jobRun.stop('draining');
      if (!(await settlesWithin(killGraceMs + leaseMs, settled))) {
        log.error({ jobs: runs.size }, 'the job store does not answer; leaving jobs to be rescued');
        givingUp.abort();
        for (const jobRun of runs) jobRun.forsake();
        await Promise.all(inHand);
      }
    }
    await settlesWithin(leaseMs, leases.stop());
    await runner.close();
  }

  return {
    workerId,
    start: () => {
      leases.start();
      rescuer.start();
      claimer.start();
    },
    queued: () => claimer.wake(),
    cancelling: (jobId) => {
      for (const jobRun of runs) if (jobRun.job.jobId === jobId) jobRun.stop('cancelled');
    },
    stop: () => {
      stopping ??= drain();
      return stopping;
    },
  };
}

async function settlesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(ms, false, { signal: timer.signal }).catch(() => false);
  const settled = await Promise.race([work.then(() => true), late]);
  timer.abort();
  return settled;
}
