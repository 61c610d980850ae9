import type { CallbackStore } from '../core/callback.ts';
import type { Clock } from '../core/clock.ts';
import type { JobDataStore } from '../core/job-data.ts';
import type { ClaimedJob } from '../core/job-queue.ts';
import type { Program } from '../core/program.ts';
import { CommandRun } from './command/command-run.ts';
import { CallbackWatch } from './http/callback-watch.ts';
import { HttpRun, type HttpRunDependencies } from './http/http-run.ts';
import { ModuleRunner } from './module/module-runner.ts';
import type { ProgramRun, RunListener } from './program-run.ts';
import type { StoreLink } from './store-link.ts';
import type { WorkerLog } from './worker-log.ts';

const FIRST_RETRY_MS = 1_000;

export interface ProgramRunnerOptions {
  /** Programs that run at once. */
  readonly concurrency: number;
  readonly maxHeapMb: number;
  readonly killGraceMs: number;
  readonly callbackUrl: string;
  readonly data: JobDataStore;
  readonly maxDataBytes: number;
  readonly callbacks: CallbackStore;
  readonly store: StoreLink;
  readonly clock: Clock;
  readonly log: WorkerLog;
}

/** Runs programs, each as its kind is run. */
export class ProgramRunner {
  readonly #modules: ModuleRunner;
  readonly #http: HttpRunDependencies;
  readonly #killGraceMs: number;

  constructor(options: ProgramRunnerOptions) {
    const { concurrency: threads, maxHeapMb, maxDataBytes, killGraceMs, callbackUrl } = options;
    const { data, callbacks, store, clock, log } = options;
    this.#modules = new ModuleRunner({ threads, maxHeapMb, data, maxDataBytes, clock, log });
    const watch = new CallbackWatch(callbacks, store);
    this.#http = { callbacks, watch, callbackUrl, store, clock, firstRetryMs: FIRST_RETRY_MS };
    this.#killGraceMs = killGraceMs;
  }

  run(job: ClaimedJob, program: Program, listener: RunListener): ProgramRun {
    switch (program.kind) {
      case 'module':
        return this.#modules.run(job, program, listener);
      case 'command':
        return new CommandRun(job, program, listener, this.#killGraceMs);
      case 'http':
        return new HttpRun(job, program, listener, this.#http);
    }
  }

  /** Ends all threads, and whatever they run. Other runs have ended by then. */
  close(): Promise<void> {
    return this.#modules.close();
  }
}
