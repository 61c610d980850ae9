import type { Json } from '../../core/job.ts';
import type { ClaimedJob, LogLine } from '../../core/job-queue.ts';
import type { CommandProgram } from '../../core/program.ts';
import { LARGEST_RESULT } from '../../core/report-checks.ts';
import type { ProgramRecord } from '../../core/status-record.ts';
import { jobDocument } from '../job-document.ts';
import {
  failed,
  type ProgramRun,
  type ProgressSnapshot,
  type RunEnd,
  type RunListener,
  type Taken,
} from '../program-run.ts';
import { describeTimeLimit, startTimeLimit } from '../time-limit.ts';
import { JobReports } from './job-reports.ts';
import { parseReport } from './parse-report.ts';
import { type ProcessExit, ProcessGroup } from './process-group.ts';
import { type OutputLine, readLines } from './read-lines.ts';

/** Room for the largest result and what stands around it. */
const LONGEST_LINE = LARGEST_RESULT + 1_024;
const LONGEST_ERROR_LINE = 8_192;
/** Of the last line on stderr, in a failure's message. */
const LAST_WORDS = 1_000;
/** What a process of another group still writes is waited for no longer than this. */
const LINGER_MS = 1_000;

/** One command at work: its reports come as lines on its standard output, its log on its standard error. */
export class CommandRun implements ProgramRun {
  readonly ended: Promise<RunEnd>;
  readonly #job: ClaimedJob;
  readonly #program: CommandProgram;
  readonly #listener: RunListener;
  readonly #graceMs: number;
  readonly #reports: JobReports;
  #group: ProcessGroup | undefined;
  #graceTimer: NodeJS.Timeout | undefined;
  #result: Json = null;
  /** Why it was stopped by us. */
  #failure: string | undefined;
  /** What is wrong with a last line that was never finished: no fault of a program that was cut short in it. */
  #unfinished: string | undefined;
  #lastWords = '';

  constructor(job: ClaimedJob, program: CommandProgram, listener: RunListener, graceMs: number) {
    this.#job = job;
    this.#program = program;
    this.#listener = listener;
    this.#graceMs = graceMs;
    this.#reports = new JobReports(job.targets);
    this.ended = this.#run().catch((error) => failed('the program could not be run', String(error)));
  }

  /** A program hears of a reason by SIGTERM alone. */
  abort(): void {
    this.#group?.signal('SIGTERM');
  }

  terminate(): void {
    this.#group?.signal('SIGKILL');
    this.#reports.close();
  }

  progressAfter(seen: number): ProgressSnapshot | undefined {
    return this.#reports.progressAfter(seen);
  }

  takeRecords(limit: number): Taken<ProgramRecord> {
    return this.#reports.takeRecords(limit);
  }

  takeLines(limit: number): Taken<LogLine> {
    return this.#reports.takeLines(limit);
  }

  async #run(): Promise<RunEnd> {
    const { name, argv, cwd, environment, timeLimitMs } = this.#program;
    try {
      this.#group = new ProcessGroup(argv, { cwd, environment });
      await this.#group.started;
    } catch (error) {
      return failed(`the program "${name}" could not be started`, String(error));
    }
    const group = this.#group;
    this.#listener.started();
    const stopTimer = startTimeLimit(timeLimitMs, () => this.#stop(describeTimeLimit(timeLimitMs)));
    const read = Promise.all([this.#readReports(group), this.#readErrors(group)]);
    group.give(`${JSON.stringify(jobDocument(this.#job))}\n`);
    const exit = await group.exited;
    const stopLingering = this.#closeAfterLinger(group);
    await read;
    stopLingering();
    stopTimer();
    clearTimeout(this.#graceTimer);
    return this.#endOf(exit);
  }

  async #readReports(group: ProcessGroup): Promise<void> {
    let number = 0;
    for await (const line of closedEarly(readLines(group.output, LONGEST_LINE))) {
      number += 1;
      const wrong = this.#accept(line);
      if (wrong === undefined) await this.#reports.room();
      else if (!line.ended) this.#unfinished = `line ${number} of its output: ${wrong}`;
      // What it goes on to print has nowhere to go: leaving the loop closes the pipe.
      else return this.#stop(`line ${number} of its output: ${wrong}`);
    }
  }

  /** What is wrong with the line, if anything is. */
  #accept({ bytes, cut }: OutputLine): string | undefined {
    if (cut) return `it is longer than ${LONGEST_LINE} bytes`;
    const now = Date.now();
    try {
      const report = parseReport(bytes, now);
      if (report.kind === 'result') this.#result = report.result;
      else this.#reports.add(report, now);
      if (report.kind === 'record' || report.kind === 'log') this.#listener.reported();
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  async #readErrors(group: ProcessGroup): Promise<void> {
    for await (const { bytes, cut } of closedEarly(readLines(group.errors, LONGEST_ERROR_LINE))) {
      const text = `${bytes.toString().trimEnd()}${cut ? '…' : ''}`;
      if (text === '') continue;
      this.#lastWords = text;
      const now = Date.now();
      this.#reports.add({ kind: 'log', line: { level: 2, text, at: now } }, now);
      this.#listener.reported();
      await this.#reports.room();
    }
  }

  #stop(failure: string): void {
    this.#failure ??= failure;
    this.#group?.signal('SIGTERM');
    this.#graceTimer ??= setTimeout(() => this.terminate(), this.#graceMs);
  }

  /** A process that left the group may hold the pipes open for ever. */
  #closeAfterLinger(group: ProcessGroup): () => void {
    const timer = setInterval(() => {
      if (this.#reports.full) return;
      group.output.destroy();
      group.errors.destroy();
    }, LINGER_MS);
    return () => clearInterval(timer);
  }

  #endOf({ code, signal }: ProcessExit): RunEnd {
    if (this.#failure !== undefined) return failed(this.#failure);
    const lastWords = this.#lastWords && `: ${this.#lastWords.slice(0, LAST_WORDS).toWellFormed()}`;
    if (signal !== null) return failed(`ended by ${signal}${lastWords}`);
    if (code !== 0) return failed(`exit code ${code}${lastWords}`);
    if (this.#unfinished !== undefined) return failed(this.#unfinished);
    return { kind: 'returned', result: this.#result };
  }
}

/** A pipe that we closed ourselves has simply ended. */
async function* closedEarly<T>(lines: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* lines;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
