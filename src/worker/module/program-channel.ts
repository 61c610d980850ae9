import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { JobParameter, RowCounters } from '../../core/job.ts';
import {
  checkAmount,
  checkLogLine,
  checkPercent,
  checkRecord,
  checkRows,
  checkStatusMessage,
} from '../../core/report-checks.ts';
import { ProgressBoard } from '../progress-board.ts';
import { Backlog, unitsOf } from './backlog.ts';
import type { ProgramContext, ProgramRecordInput } from './program-context.ts';
import { ThreadData } from './thread-data.ts';
import type { FromThread, ThreadTask, ToThread } from './thread-message.ts';

/** A loop that never yields gets its answers by looking here each time so many records are unanswered. */
const UNANSWERED_BEFORE_LOOKING = 256;

/** A running program's way to the main thread and back. */
export class ProgramChannel {
  readonly context: ProgramContext;
  readonly #port: MessagePort;
  readonly #board: ProgressBoard;
  readonly #backlog: Backlog;
  readonly #abort = new AbortController();
  readonly #data: ThreadData;
  readonly #positions: ReadonlyMap<string, number>;
  readonly #unanswered: (() => void)[] = [];
  #open = true;

  constructor({ job, port, board, backlog }: ThreadTask) {
    this.#port = port;
    this.#board = new ProgressBoard(board);
    this.#backlog = new Backlog(backlog);
    // Of targets given twice the first one counts.
    this.#positions = new Map(job.targets.map((target, position) => [target, position] as const).reverse());
    this.#data = new ThreadData((message) => this.post(message));
    this.context = Object.freeze({
      id: job.jobId,
      group: job.group,
      attempt: job.attempt,
      type: job.type,
      arguments: job.arguments,
      targets: job.targets,
      parameters: recordOf(job.parameters),
      data: Object.freeze({
        list: () => this.#data.list(),
        read: (number: number) => this.#data.read(number),
        add: (contentType: string, content: Uint8Array | AsyncIterable<Uint8Array>) =>
          this.#data.add(contentType, content),
      }),
      signal: this.#abort.signal,
      progress: (count: number, target: number) => this.#progress(count, target),
      targetProgress: (id: string, percent: number) => this.#targetProgress(id, percent),
      status: (text: string) => this.#board.writeStatus(checkStatusMessage('status', text), Date.now()),
      rows: (rows: Partial<RowCounters>) => this.#board.writeRows(checkRows('rows', rows), Date.now()),
      record: (record: ProgramRecordInput) => this.#record(record),
      log: (level: 1 | 2 | 3, text: string) => this.#log(level, text),
    });
    port.on('message', (message: ToThread) => this.#receive(message));
  }

  /** What the program prints: for the worker's log. */
  print(text: string): void {
    this.#send(text, (units) => ({ kind: 'console', text, units }));
  }

  post(message: FromThread): void {
    this.#port.postMessage(message);
  }

  /** What a program calls after its end goes nowhere: it would hold up a thread that nobody listens to. */
  close(): void {
    this.#open = false;
  }

  #progress(count: number, target: number): void {
    const amounts = [checkAmount('progress: count', count), checkAmount('progress: target', target)] as const;
    this.#board.writeProgress(...amounts, Date.now());
  }

  #targetProgress(id: string, percent: number): void {
    const position = this.#positions.get(id);
    if (position === undefined) {
      throw new RangeError(`targetProgress: ${JSON.stringify(id)} is not one of the job's targets`);
    }
    this.#board.writePercentage(position, checkPercent('targetProgress: percent', percent), Date.now());
  }

  #record(input: ProgramRecordInput): Promise<void> {
    const record = checkRecord('record', input, Date.now());
    if (this.#unanswered.length >= UNANSWERED_BEFORE_LOOKING) this.#lookForAnswers();
    this.#send(record.errorMessage, (units) => ({ kind: 'record', record, units }));
    return new Promise((resolve) => this.#unanswered.push(resolve));
  }

  #log(level: 1 | 2 | 3, text: string): void {
    const line = checkLogLine('log', level, text, Date.now());
    this.#send(line.text, (units) => ({ kind: 'log', line, units }));
  }

  #send(text: string | null, message: (units: number) => FromThread): void {
    if (!this.#open) return;
    const units = unitsOf(text);
    this.#backlog.add(units);
    this.post(message(units));
  }

  #lookForAnswers(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#port);
      if (!received) return;
      this.#receive(received.message as ToThread);
    }
  }

  #receive(message: ToThread): void {
    switch (message.kind) {
      case 'abort':
        this.#abort.abort(new DOMException(message.reason, 'AbortError'));
        break;
      case 'stored':
        for (const stored of this.#unanswered.splice(0, message.records)) stored();
        break;
      default:
        this.#data.receive(message);
    }
  }
}

/** Without a prototype: a parameter may have any name. */
function recordOf(parameters: readonly JobParameter[]): Readonly<Record<string, string>> {
  const record: Record<string, string> = Object.create(null);
  for (const { name, value } of parameters) record[name] = value;
  return Object.freeze(record);
}
