import { NO_ROWS, type RowCounters } from '../core/job.ts';
import { LONGEST_STATUS } from '../core/report-checks.ts';
import type { ProgressSnapshot } from './program-run.ts';

const LOCK = 0;
const VERSION = 1;
/** Length of the status message; -1 = none. */
const STATUS_LENGTH = 2;
/** 1 = some rows were counted. */
const ROWS_COUNTED = 3;
const HEAD_BYTES = 4 * Int32Array.BYTES_PER_ELEMENT;
const NUMBERS = { startedAt: 0, count: 1, target: 2 } as const;
const ROW_NAMES = Object.keys(NO_ROWS) as (keyof RowCounters)[];
const ROWS_AT = Object.keys(NUMBERS).length;
const NUMBER_COUNT = ROWS_AT + ROW_NAMES.length;
const STATUS_AT = HEAD_BYTES + NUMBER_COUNT * Float64Array.BYTES_PER_ELEMENT;
/** In UTF-16, of which a code point takes one or two units. */
const STATUS_UNITS = 2 * LONGEST_STATUS;
const PERCENTAGES_AT = STATUS_AT + STATUS_UNITS * Uint16Array.BYTES_PER_ELEMENT;

/** Some 50 µs: a lock held longer is that of a thread that is not on a processor, or was ended. */
const TRIES_FOR_LOCK = 10_000;

/**
 * Memory that a program's thread writes and the main thread reads, so that a report
 * costs the program no message (0.15 µs where one takes 4) and is seen even when the program never yields. Under
 * a lock rather than a version count alone: a loop that reports without pause would
 * never leave the reader the time for a copy.
 */
export class ProgressBoard {
  readonly buffer: SharedArrayBuffer;
  readonly #head: Int32Array;
  readonly #numbers: Float64Array;
  readonly #status: Uint16Array;
  readonly #percentages: Uint8Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#head = new Int32Array(buffer, 0, HEAD_BYTES / Int32Array.BYTES_PER_ELEMENT);
    this.#numbers = new Float64Array(buffer, HEAD_BYTES, NUMBER_COUNT);
    this.#status = new Uint16Array(buffer, STATUS_AT, STATUS_UNITS);
    this.#percentages = new Uint8Array(buffer, PERCENTAGES_AT);
  }

  static for(targets: number): ProgressBoard {
    const board = new ProgressBoard(new SharedArrayBuffer(PERCENTAGES_AT + targets));
    board.#head[STATUS_LENGTH] = -1;
    return board;
  }

  writeProgress(count: number, target: number, now: number): void {
    this.#write(now, () => {
      this.#numbers[NUMBERS.count] = count;
      this.#numbers[NUMBERS.target] = target;
    });
  }

  writePercentage(position: number, percent: number, now: number): void {
    this.#write(now, () => {
      this.#percentages[position] = percent;
    });
  }

  /** At most LONGEST_STATUS code points. */
  writeStatus(text: string, now: number): void {
    this.#write(now, () => {
      for (let at = 0; at < text.length; at += 1) this.#status[at] = text.charCodeAt(at);
      this.#head[STATUS_LENGTH] = text.length;
    });
  }

  /** Counts that are not given stay as they are. */
  writeRows(rows: Partial<RowCounters>, now: number): void {
    this.#write(now, () => {
      for (const [index, name] of ROW_NAMES.entries()) {
        const count = rows[name];
        if (count !== undefined) this.#numbers[ROWS_AT + index] = count;
      }
      this.#head[ROWS_COUNTED] = 1;
    });
  }

  /** Undefined when there is nothing newer than version `seen`, or it cannot be read just now: ask again later. */
  readAfter(seen: number): ProgressSnapshot | undefined {
    if (Atomics.load(this.#head, VERSION) === seen) return undefined;
    for (let tries = 0; !this.#tryLock(); tries += 1) if (tries === TRIES_FOR_LOCK) return undefined;
    const version = Atomics.load(this.#head, VERSION);
    const numbers = Array.from(this.#numbers);
    const length = this.#head[STATUS_LENGTH] ?? -1;
    const statusMessage = length < 0 ? undefined : String.fromCharCode(...this.#status.subarray(0, length));
    const counted = this.#head[ROWS_COUNTED] === 1;
    const percentages = Array.from(this.#percentages);
    this.#unlock();
    const [startedAt = 0, count = 0, target = 0, ...rows] = numbers;
    const counters = counted
      ? (Object.fromEntries(ROW_NAMES.map((name, index) => [name, rows[index]])) as unknown as RowCounters)
      : undefined;
    return { version, startedAt, count, target, percentages, counters, statusMessage };
  }

  #write(now: number, change: () => void): void {
    while (!this.#tryLock());
    if (this.#numbers[NUMBERS.startedAt] === 0) this.#numbers[NUMBERS.startedAt] = now;
    change();
    Atomics.add(this.#head, VERSION, 1);
    this.#unlock();
  }

  #tryLock(): boolean {
    return Atomics.compareExchange(this.#head, LOCK, 0, 1) === 0;
  }

  #unlock(): void {
    Atomics.store(this.#head, LOCK, 0);
  }
}
