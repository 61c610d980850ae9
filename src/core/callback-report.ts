import type { CallbackOutcome } from './callback.ts';
import { JobgateError } from './error.ts';
import type { RowCounters } from './job.ts';
import type { LogLine } from './job-queue.ts';
import {
  checkAmount,
  checkLogLine,
  checkMessage,
  checkPercent,
  checkRecord,
  checkResult,
  checkRows,
  checkStatusMessage,
  objectFrom,
  stringFrom,
} from './report-checks.ts';
import type { ProgramRecord } from './status-record.ts';

/** What one call of an http program's endpoint says; absent members are unchanged. */
export interface CallbackReport {
  readonly progress?: { readonly count: number; readonly target: number };
  readonly targetProgress: readonly { readonly id: string; readonly percent: number }[];
  readonly records: readonly ProgramRecord[];
  readonly log: readonly LogLine[];
  readonly status?: string;
  readonly rows?: Partial<RowCounters>;
  readonly outcome?: CallbackOutcome;
}

type Parts = { -readonly [M in keyof CallbackReport]: CallbackReport[M] };
type Reader = (value: unknown, parts: Parts, now: number) => void;

const READERS = {
  progress: (value, parts) => {
    const { count, target = 0 } = objectFrom('progress', value, '{ count, target }');
    parts.progress = {
      count: checkAmount('progress: count', count),
      target: checkAmount('progress: target', target),
    };
  },
  targetProgress: (value, parts) => {
    parts.targetProgress = listFrom('targetProgress', value, (place, item) => {
      const { id, percent } = objectFrom(place, item, '{ id, percent }');
      return { id: stringFrom(`${place}: id`, id), percent: checkPercent(`${place}: percent`, percent) };
    });
  },
  records: (value, parts, now) => {
    parts.records = listFrom('records', value, (place, item) => checkRecord(place, item, now));
  },
  log: (value, parts, now) => {
    parts.log = listFrom('log', value, (place, item) => {
      const { level, text } = objectFrom(place, item, '{ level, text }');
      return checkLogLine(place, level, text, now);
    });
  },
  status: (value, parts) => {
    parts.status = checkStatusMessage('status', value);
  },
  rows: (value, parts) => {
    parts.rows = checkRows('rows', value);
  },
  result: (value, parts) => {
    parts.outcome = { result: checkResult('result', value) };
  },
  error: (value, parts) => {
    parts.outcome = { error: checkMessage('error', value) };
  },
} as const satisfies Record<string, Reader>;

/** Reads a call's JSON. Throws INVALID_ARGUMENT, which says where what is wrong. */
export function readCallbackReport(body: unknown, now: number): CallbackReport {
  try {
    const members = objectFrom('the body', body, `with members of ${Object.keys(READERS).join(', ')}`);
    const parts: Parts = { targetProgress: [], records: [], log: [] };
    for (const [name, value] of Object.entries(members)) {
      if (!Object.hasOwn(READERS, name)) {
        throw new TypeError(
          `there is no member ${JSON.stringify(name.slice(0, 64))}; there are ${Object.keys(READERS).join(', ')}`,
        );
      }
      READERS[name as keyof typeof READERS](value, parts, now);
    }
    if (Object.hasOwn(members, 'result') && Object.hasOwn(members, 'error')) {
      throw new TypeError('a job ends with a result or with an error, not with both');
    }
    return parts;
  } catch (error) {
    throw new JobgateError('INVALID_ARGUMENT', (error as Error).message);
  }
}

function listFrom<T>(place: string, value: unknown, read: (place: string, item: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new TypeError(`${place} must be a list`);
  return value.map((item, index) => read(`${place}[${index}]`, item));
}
