import { checkTargetId, checkText, TEXT_LIMITS } from '../../core/identifiers.ts';
import type { LogLine } from '../../core/job-queue.ts';
import type { ProgramRecord } from '../../core/status-record.ts';

/** The border between programs and the store: each check throws TypeError or RangeError at the program's call. */
export function checkAmount(field: string, value: unknown): number {
  const number = numberFrom(field, value);
  if (!Number.isFinite(number) || number < 0) {
    throw new RangeError(`${field} must be a finite number, 0 or more, not ${number}`);
  }
  return number;
}

export function checkPercent(field: string, value: unknown): number {
  return integerFrom(field, value, 0, 100);
}

export function checkRecord(input: unknown, now: number): ProgramRecord {
  if (typeof input !== 'object' || input === null) {
    throw new TypeError('record: needs an object { id, errorCode, errorMessage }');
  }
  const { id, errorCode, errorMessage = null } = input as Record<string, unknown>;
  const target = stringFrom('record: id', id);
  return {
    targetId: inRange(() => checkTargetId('record: id', target)),
    errorCode: integerFrom('record: errorCode', errorCode, -(2 ** 31), 2 ** 31 - 1),
    errorMessage: errorMessage === null ? null : checkMessage('record: errorMessage', errorMessage),
    created: now,
  };
}

export function checkLogLine(level: unknown, text: unknown, now: number): LogLine {
  return {
    level: integerFrom('log: level', level, 1, 3) as LogLine['level'],
    text: checkMessage('log: text', text),
    at: now,
  };
}

function checkMessage(field: string, value: unknown): string {
  const text = stringFrom(field, value);
  return inRange(() => checkText(field, text, TEXT_LIMITS.recordErrorMessage));
}

function integerFrom(field: string, value: unknown, min: number, max: number): number {
  const number = numberFrom(field, value);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new RangeError(`${field} must be a whole number from ${min} to ${max}, not ${number}`);
  }
  return number;
}

function numberFrom(field: string, value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`${field} must be a number, not ${kindOf(value)}`);
  return value;
}

function stringFrom(field: string, value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`${field} must be a string, not ${kindOf(value)}`);
  return value;
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

/** Core speaks of arguments of a request; a program expects the language's own error. */
function inRange<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw new RangeError((error as Error).message);
  }
}
