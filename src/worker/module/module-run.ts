import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import type { Json } from '../../core/job.ts';
import type { ClaimedJob, LogLine } from '../../core/job-queue.ts';
import type { ProgramRecord } from '../../core/status-record.ts';
import { Backlog } from './backlog.ts';
import { ProgressBoard, type ProgressSnapshot } from './progress-board.ts';
import type { FromThread, ProgramEnd, ThreadTask, ToThread } from './thread-message.ts';

/** How a program's run ended. A failure's `message` is for clients, its `detail` for the log. */
export type RunEnd =
  | { readonly kind: 'returned'; readonly result: Json }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** What the owner of a run is told as it goes. */
export interface RunListener {
  /** The program's thread has it. */
  started(): void;
  /** There is something to take with `takeRecords` or `takeLines`. */
  reported(): void;
  printed(text: string): void;
}

/** A thread can die of what an earlier program left behind, before this one began: then another one is tried. */
const THREADS_TRIED = 3;

type Sent<T> = { readonly value: T; readonly units: number };

/** One program in one thread of the pool. Records and lines wait here, in order, until they are taken. */
export class ModuleRun {
  /** Never rejects. When it settles, everything the program sent has arrived. */
  readonly ended: Promise<RunEnd>;
  readonly #pool: Piscina;
  readonly #task: Omit<ThreadTask, 'port'>;
  readonly #listener: RunListener;
  readonly #describeDeath: (error: Error) => string;
  readonly #board: ProgressBoard;
  readonly #backlog = new Backlog();
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
    describeDeath: (error: Error) => string,
  ) {
    this.#pool = pool;
    this.#listener = listener;
    this.#describeDeath = describeDeath;
    this.#board = ProgressBoard.for(job.targets.length);
    const { jobId, group, attempt, arguments: args, targets } = job;
    this.#task = {
      program,
      moduleUrl,
      job: { jobId, group, attempt, arguments: args, targets },
      board: this.#board.buffer,
      backlog: this.#backlog.buffer,
    };
    this.ended = this.#run();
  }

  /** Tells the program to stop. */
  abort(reason: string): void {
    this.#post({ kind: 'abort', reason });
  }

  /** Ends the program's thread, whatever it is doing. */
  terminate(): void {
    this.#terminate.abort();
  }

  /** Undefined when the program has reported nothing since version `seen`. */
  progressAfter(seen: number): ProgressSnapshot | undefined {
    return this.#board.readAfter(seen);
  }

  /** Fetches what the program has sent so far, also what no event has told of yet. */
  fetch(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#channel.port1);
      if (!received) return;
      this.#receive(received.message as FromThread);
    }
  }

  /** The oldest records, at most `limit`; call `stored` for as many once they are. */
  takeRecords(limit: number): { values: ProgramRecord[]; stored: () => void } {
    const { values, units } = take(this.#records, limit);
    const stored = () => {
      this.#backlog.settle(units);
      this.#post({ kind: 'stored', records: values.length });
    };
    return { values, stored };
  }

  takeLines(limit: number): { values: LogLine[]; stored: () => void } {
    const { values, units } = take(this.#lines, limit);
    return { values, stored: () => this.#backlog.settle(units) };
  }

  async #run(): Promise<RunEnd> {
    for (let tried = 1; ; tried += 1) {
      const death = await this.#runInThread();
      this.fetch();
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
      // Not in #receive: `fetch` is called by the listener itself.
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
