import { checkTargetId, checkText, TEXT_LIMITS } from './identifiers.ts';
import { type Json, NO_ROWS, type RowCounters } from './job.ts';
import type { LogLine } from './job-queue.ts';
import type { ProgramRecord } from './status-record.ts';

/** Code points of what a program says of itself. */
export const LONGEST_STATUS = 1_024;
/** Bytes of JSON that are kept as a job's result. */
export const LARGEST_RESULT = 1_048_576;

/**
 * The border between programs and the store. Each check throws TypeError or RangeError, its message beginning
 * with the place: a program expects the language's own errors.
 */
export function checkAmount(place: string, value: unknown): number {
  const number = numberFrom(place, value);
  if (!Number.isFinite(number) || number < 0) {
    throw new RangeError(`${place} must be a finite number, 0 or more, not ${number}`);
  }
  return number;
}

export function checkPercent(place: string, value: unknown): number {
  return integerFrom(place, value, 0, 100);
}

export function checkRecord(place: string, input: unknown, now: number): ProgramRecord {
  const { id, errorCode, errorMessage = null } = objectFrom(place, input, '{ id, errorCode, errorMessage }');
  const target = stringFrom(`${place}: id`, id);
  return {
    targetId: inRange(() => checkTargetId(`${place}: id`, target)),
    errorCode: integerFrom(`${place}: errorCode`, errorCode, -(2 ** 31), 2 ** 31 - 1),
    errorMessage: errorMessage === null ? null : checkMessage(`${place}: errorMessage`, errorMessage),
    created: now,
  };
}

export function checkLogLine(place: string, level: unknown, text: unknown, now: number): LogLine {
  return {
    level: integerFrom(`${place}: level`, level, 1, 3) as LogLine['level'],
    text: checkMessage(`${place}: text`, text),
    at: now,
  };
}

export function checkStatusMessage(place: string, value: unknown): string {
  const text = stringFrom(place, value);
  return inRange(() => checkText(place, text, LONGEST_STATUS));
}

/** Some of the counts of RowCounters. */
export function checkRows(place: string, input: unknown): Partial<RowCounters> {
  const rows = objectFrom(place, input, '{ total, inserts, … }');
  for (const [name, count] of Object.entries(rows)) {
    if (!Object.hasOwn(NO_ROWS, name)) {
      throw new RangeError(`${place}: there is no count named ${JSON.stringify(name.slice(0, 64))}`);
    }
    integerFrom(`${place}: ${name}`, count, 0, Number.MAX_SAFE_INTEGER);
  }
  return rows;
}

/** A value that was JSON before. */
export function checkResult(place: string, value: unknown): Json {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= LARGEST_RESULT) return value as Json;
  throw new RangeError(`${place} is too large: ${bytes} bytes of JSON, at most ${LARGEST_RESULT} are kept`);
}

/** A failure's message, or a text as long. */
export function checkMessage(place: string, value: unknown): string {
  const text = stringFrom(place, value);
  return inRange(() => checkText(place, text, TEXT_LIMITS.recordErrorMessage));
}

/** `form` says what is wanted. */
export function objectFrom(place: string, value: unknown, form: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${place}: needs an object ${form}`);
  }
  return value as Record<string, unknown>;
}

export function stringFrom(place: string, value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`${place} must be a string, not ${kindOf(value)}`);
  return value;
}

function integerFrom(place: string, value: unknown, min: number, max: number): number {
  const number = numberFrom(place, value);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new RangeError(`${place} must be a whole number from ${min} to ${max}, not ${number}`);
  }
  return number;
}

function numberFrom(place: string, value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`${place} must be a number, not ${kindOf(value)}`);
  return value;
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

/** Core speaks of arguments of a request. */
function inRange<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw new RangeError((error as Error).message);
  }
}
