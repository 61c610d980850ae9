import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import type { Clock } from '../../core/clock.ts';
import type { Json } from '../../core/job.ts';
import type { JobDataStore } from '../../core/job-data.ts';
import type { ClaimedJob, LogLine } from '../../core/job-queue.ts';
import type { ProgramRecord } from '../../core/status-record.ts';
import type { ProgramRun, ProgressSnapshot, RunEnd, RunListener, Taken } from '../program-run.ts';
import { ProgressBoard } from '../progress-board.ts';
import { Backlog } from './backlog.ts';
import { DataDesk } from './data-desk.ts';
import type { FromThread, ProgramEnd, ThreadTask, ToThread } from './thread-message.ts';

/** A thread can die of what an earlier program left behind, before this one began: then another one is tried. */
const THREADS_TRIED = 3;

export interface ModuleRunDependencies {
  /** For clients: what became of a thread that ended before its program did. */
  readonly describeDeath: (error: Error) => string;
  readonly data: JobDataStore;
  /** Bytes of the largest item of job data. */
  readonly maxDataBytes: number;
  readonly clock: Clock;
}

type Sent<T> = { readonly value: T; readonly units: number };

/** One program in one thread of the pool. */
export class ModuleRun implements ProgramRun {
  readonly ended: Promise<RunEnd>;
  readonly #pool: Piscina;
  readonly #task: Omit<ThreadTask, 'port'>;
  readonly #listener: RunListener;
  readonly #describeDeath: (error: Error) => string;
  readonly #board: ProgressBoard;
  readonly #backlog = new Backlog();
  readonly #desk: DataDesk;
  readonly #terminate = new AbortController();
  #channel = new MessageChannel();
  #records: Sent<ProgramRecord>[] = [];
  #lines: Sent<LogLine>[] = [];
  #started = false;
  #end: ProgramEnd | undefined;

  constructor(
    pool: Piscina,
    { job, program, moduleUrl }: { job: ClaimedJob; program: string; moduleUrl: string },
    listener: RunListener,
    { describeDeath, data, maxDataBytes: maxBytes, clock }: ModuleRunDependencies,
  ) {
    this.#pool = pool;
    this.#listener = listener;
    this.#describeDeath = describeDeath;
    this.#board = ProgressBoard.for(job.targets.length);
    this.#desk = new DataDesk({
      ...{ data, maxBytes, clock },
      fence: job,
      post: (message) => this.#post(message),
    });
    const { jobId, group, attempt, type, arguments: args, targets, parameters } = job;
    this.#task = {
      program,
      moduleUrl,
      job: { jobId, group, attempt, type, arguments: args, targets, parameters },
      board: this.#board.buffer,
      backlog: this.#backlog.buffer,
    };
    this.ended = this.#run().finally(() => this.#desk.close());
  }

  abort(reason: string): void {
    this.#post({ kind: 'abort', reason });
  }

  terminate(): void {
    this.#terminate.abort();
  }

  progressAfter(seen: number): ProgressSnapshot | undefined {
    return this.#board.readAfter(seen);
  }

  takeRecords(limit: number): Taken<ProgramRecord> {
    this.#fetch();
    const { values, units } = take(this.#records, limit);
    const stored = () => {
      this.#backlog.settle(units);
      this.#post({ kind: 'stored', records: values.length });
    };
    return { values, stored };
  }

  takeLines(limit: number): Taken<LogLine> {
    const { values, units } = take(this.#lines, limit);
    return { values, stored: () => this.#backlog.settle(units) };
  }

  async #run(): Promise<RunEnd> {
    for (let tried = 1; ; tried += 1) {
      const death = await this.#runInThread();
      this.#fetch();
      this.#channel.port1.close();
      if (this.#end) return resultOf(this.#end);
      if (this.#started || this.#terminate.signal.aborted || tried === THREADS_TRIED) {
        return { kind: 'failed', message: this.#describeDeath(death), detail: String(death.stack ?? death) };
      }
      this.#channel = new MessageChannel();
    }
  }

  /** Settles when the thread is free or gone. */
  async #runInThread(): Promise<Error> {
    const { port1, port2 } = this.#channel;
    port1.on('message', (message: FromThread) => {
      this.#receive(message);
      // Not in #receive: the listener itself makes it fetch.
      if (message.kind === 'record' || message.kind === 'log') this.#listener.reported();
    });
    const task: ThreadTask = { ...this.#task, port: port2 };
    try {
      await this.#pool.run(task, { transferList: [port2], signal: this.#terminate.signal });
      return new Error('the program ended without a word');
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Fetches what the program has sent so far, also what no event has told of yet. */
  #fetch(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#channel.port1);
      if (!received) return;
      this.#receive(received.message as FromThread);
    }
  }

  #receive(message: FromThread): void {
    switch (message.kind) {
      case 'started':
        this.#started = true;
        this.#listener.started();
        break;
      case 'record':
        this.#records.push({ value: message.record, units: message.units });
        break;
      case 'log':
        this.#lines.push({ value: message.line, units: message.units });
        break;
      case 'console':
        this.#backlog.settle(message.units);
        this.#listener.printed(message.text);
        break;
      case 'ask':
      case 'chunk':
      case 'close':
        this.#desk.receive(message);
        break;
      case 'end':
        this.#end = message.end;
        if (message.leftovers) this.terminate();
        break;
    }
  }

  #post(message: ToThread): void {
    this.#channel.port1.postMessage(message);
  }
}

function take<T>(queue: Sent<T>[], limit: number): { values: T[]; units: number } {
  const taken = queue.splice(0, limit);
  return { values: taken.map(({ value }) => value), units: taken.reduce((sum, { units }) => sum + units, 0) };
}

function resultOf(end: ProgramEnd): RunEnd {
  return end.kind === 'failed' ? end : { kind: 'returned', result: JSON.parse(end.json) as Json };
}
