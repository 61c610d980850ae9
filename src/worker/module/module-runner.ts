import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import type { Clock } from '../../core/clock.ts';
import type { JobDataStore } from '../../core/job-data.ts';
import type { ClaimedJob } from '../../core/job-queue.ts';
import type { ModuleProgram } from '../../core/program.ts';
import type { ProgramRun, RunListener } from '../program-run.ts';
import type { WorkerLog } from '../worker-log.ts';
import { ModuleRun, type ModuleRunDependencies } from './module-run.ts';

/** How long a thread beyond the first stays without a job. */
const SPARE_THREAD_MS = 60_000;

export interface ModuleRunnerOptions {
  /** Programs that run at once. */
  readonly threads: number;
  /** The JavaScript heap of one program, MiB. */
  readonly maxHeapMb: number;
  readonly data: JobDataStore;
  readonly maxDataBytes: number;
  readonly clock: Clock;
  readonly log: WorkerLog;
}

/**
 * Runs programs that are ES modules, each in a thread of its own while it runs. Threads are used
 * again; one whose program died, was ended or left something going on is replaced.
 * What a thread cannot contain is a crash of the process itself (a fault in a native
 * add-on, say): the jobs are then rescued like those of any lost worker.
 */
export class ModuleRunner {
  readonly #pool: Piscina;
  readonly #maxHeapMb: number;
  readonly #with: ModuleRunDependencies;

  constructor({ threads, maxHeapMb, log, data, maxDataBytes, clock }: ModuleRunnerOptions) {
    this.#maxHeapMb = maxHeapMb;
    this.#with = { data, maxDataBytes, clock, describeDeath: (error) => this.#describeDeath(error) };
    this.#pool = new Piscina({
      filename: new URL('./thread-entry.cjs', import.meta.url).href,
      // One is warm from the start: submit to start takes 1.5 ms then (SQLite), 25 ms where the thread is new. Others
      // come with the jobs that need them, and stay while jobs keep coming: each holds 8 MB, one a core all day long.
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: SPARE_THREAD_MS,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      // Between jobs a thread's loop goes on, so that what a program left behind
      // comes out then and not in the next job.
      atomics: 'disabled',
      recordTiming: false,
    });
    // A thread that died between two jobs has harmed none: the pool replaces it.
    this.#pool.on('error', (error: Error) => log.warn({ err: error }, 'an idle program thread died'));
  }

  run(job: ClaimedJob, program: ModuleProgram, listener: RunListener): ProgramRun {
    const moduleUrl = pathToFileURL(program.module).href;
    return new ModuleRun(this.#pool, { job, program: program.name, moduleUrl }, listener, this.#with);
  }

  /** Ends all threads, and whatever they run. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }

  #describeDeath(error: Error & { code?: unknown }): string {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return `the program ran out of memory: it may use ${this.#maxHeapMb} MiB`;
    }
    const exit = /^worker exited with code: (\d+)$/.exec(error.message);
    if (exit) return `the program ended its thread (exit code ${exit[1]}) instead of returning`;
    return `the program failed outside its own call: ${error.message}`;
  }
}
