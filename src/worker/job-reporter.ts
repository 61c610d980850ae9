import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { ClaimedJob, JobQueue, ProgressReport } from '../core/job-queue.ts';
import { progressReport } from '../core/progress-report.ts';
import type { ProgramRun, ProgressSnapshot } from './program-run.ts';

/** Progress is looked at this often: the last value wins. */
const PROGRESS_MS = 200;
/** Rows of one statement. */
const BATCH = 500;

/** lost: the fence no longer holds, or the worker gave up. refused: the store is there, but would not take it. */
export type WriteAnswer = 'stored' | 'lost' | 'refused';

/** Makes a fenced write, as often as it takes. After any answer but `stored` nothing more is reported. */
export type FencedWrite = (doing: string, call: () => Promise<boolean>) => Promise<WriteAnswer>;

/**
 * Brings what one program reports to the store, in order and one write at a time, so that batches form
 * while the store is busy. Progress is stored after the records that were sent before it.
 */
export class JobReporter {
  readonly #queue: JobQueue;
  readonly #job: ClaimedJob;
  readonly #run: ProgramRun;
  readonly #write: FencedWrite;
  readonly #clock: Clock;
  readonly #progressTimer: NodeJS.Timeout;
  #progressSeen = 0;
  #progressDue = false;
  #writable = true;
  #writing: Promise<void> | undefined;

  constructor(options: {
    queue: JobQueue;
    job: ClaimedJob;
    run: ProgramRun;
    write: FencedWrite;
    clock: Clock;
  }) {
    this.#queue = options.queue;
    this.#job = options.job;
    this.#run = options.run;
    this.#write = options.write;
    this.#clock = options.clock;
    this.#progressTimer = setInterval(() => {
      this.#progressDue = true;
      this.reported();
    }, PROGRESS_MS);
  }

  /** There is something new: its storing begins at once, or when the store is done with what came before. */
  reported(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /** The program has ended: settles when all it reported is stored, or nothing more is to be written. */
  async finish(): Promise<void> {
    clearInterval(this.#progressTimer);
    await this.#writing;
    this.#progressDue = true;
    await this.reported();
  }

  async #writeAll(): Promise<void> {
    while (this.#writable) {
      const progress = this.#progressDue ? this.#run.progressAfter(this.#progressSeen) : undefined;
      this.#progressDue = false;
      const records = this.#run.takeRecords(BATCH);
      const lines = this.#run.takeLines(BATCH);
      if (records.values.length + lines.values.length === 0 && !progress) return;
      if (records.values.length > 0) {
        await this.#store('storing records', () => this.#queue.appendRecords(this.#job, records.values));
        records.stored();
      }
      if (lines.values.length > 0) {
        await this.#store('storing log lines', () => this.#queue.appendLog(this.#job, lines.values));
        lines.stored();
      }
      if (progress) {
        const report = reportOf(progress);
        await this.#store('storing progress', () => this.#queue.report(this.#job, report, this.#clock()));
        this.#progressSeen = progress.version;
      }
      // A store in this process may answer without a turn of the event loop, and a program may send without
      // a pause: between them they would leave no turn to heartbeats and kills.
      await nextTurn();
    }
  }

  async #store(doing: string, call: () => Promise<boolean>): Promise<void> {
    this.#writable &&= (await this.#write(doing, call)) === 'stored';
  }
}

function reportOf({ counters, statusMessage, ...progress }: ProgressSnapshot): ProgressReport {
  return {
    ...progressReport(progress),
    ...(counters && { counters }),
    ...(statusMessage !== undefined && { statusMessage }),
  };
}
