import type { LogLine } from '../../core/job-queue.ts';
import type { ProgramRecord } from '../../core/status-record.ts';
import { BACKLOG_LIMIT, unitsOf } from '../module/backlog.ts';
import type { ProgressSnapshot, Taken } from '../program-run.ts';
import { ProgressBoard } from '../progress-board.ts';
import type { Report } from './parse-report.ts';

/** What a program has reported and the store does not have yet. Bounded, as long as its reader awaits `room`. */
export class JobReports {
  readonly #board: ProgressBoard;
  readonly #positions: ReadonlyMap<string, number>;
  #records: ProgramRecord[] = [];
  #lines: LogLine[] = [];
  #units = 0;
  #waiting: (() => void)[] = [];
  #closed = false;

  constructor(targets: readonly string[]) {
    this.#board = ProgressBoard.for(targets.length);
    // Of targets given twice the first one counts.
    this.#positions = new Map(targets.map((target, position) => [target, position] as const).reverse());
  }

  /** Throws RangeError for a target that the job does not have. */
  add(report: Exclude<Report, { kind: 'result' }>, now: number): void {
    switch (report.kind) {
      case 'progress':
        this.#board.writeProgress(report.count, report.target, now);
        break;
      case 'targetProgress':
        this.#board.writePercentage(this.#positionOf(report.id), report.percent, now);
        break;
      case 'status':
        this.#board.writeStatus(report.text, now);
        break;
      case 'rows':
        this.#board.writeRows(report.rows, now);
        break;
      case 'record':
        this.#records.push(report.record);
        this.#units += unitsOf(report.record.errorMessage);
        break;
      case 'log':
        this.#lines.push(report.line);
        this.#units += unitsOf(report.line.text);
        break;
    }
  }

  get full(): boolean {
    return this.#units >= BACKLOG_LIMIT && !this.#closed;
  }

  /** Settles once there is room for more. */
  async room(): Promise<void> {
    while (this.full) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Nobody is held up any more: the program is being ended, and the store may never take what is here. */
  close(): void {
    this.#closed = true;
    this.#resume();
  }

  progressAfter(seen: number): ProgressSnapshot | undefined {
    return this.#board.readAfter(seen);
  }

  takeRecords(limit: number): Taken<ProgramRecord> {
    const values = this.#records.splice(0, limit);
    return this.#taken(
      values,
      values.map(({ errorMessage }) => errorMessage),
    );
  }

  takeLines(limit: number): Taken<LogLine> {
    const values = this.#lines.splice(0, limit);
    return this.#taken(
      values,
      values.map(({ text }) => text),
    );
  }

  #taken<T>(values: readonly T[], texts: readonly (string | null)[]): Taken<T> {
    const units = texts.reduce((sum, text) => sum + unitsOf(text), 0);
    const stored = () => {
      this.#units -= units;
      if (!this.full) this.#resume();
    };
    return { values, stored };
  }

  #resume(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }

  #positionOf(target: string): number {
    const position = this.#positions.get(target);
    if (position !== undefined) return position;
    throw new RangeError(`targetProgress: ${JSON.stringify(target)} is not one of the job's targets`);
  }
}
