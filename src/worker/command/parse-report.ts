import type { Json, RowCounters } from '../../core/job.ts';
import type { LogLine } from '../../core/job-queue.ts';
import {
  checkAmount,
  checkLogLine,
  checkPercent,
  checkRecord,
  checkResult,
  checkRows,
  checkStatusMessage,
  objectFrom,
  stringFrom,
} from '../../core/report-checks.ts';
import type { ProgramRecord } from '../../core/status-record.ts';

/** What one line of a command's output says. */
export type Report =
  | { readonly kind: 'progress'; readonly count: number; readonly target: number }
  | { readonly kind: 'targetProgress'; readonly id: string; readonly percent: number }
  | { readonly kind: 'record'; readonly record: ProgramRecord }
  | { readonly kind: 'log'; readonly line: LogLine }
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'rows'; readonly rows: Partial<RowCounters> }
  | { readonly kind: 'result'; readonly result: Json };

type Reader = (value: unknown, now: number) => Report;

const READERS = {
  progress: (value) => {
    const { count, target = 0 } = objectFrom('progress', value, '{ count, target }');
    return {
      kind: 'progress',
      count: checkAmount('progress: count', count),
      target: checkAmount('progress: target', target),
    };
  },
  targetProgress: (value) => {
    const { id, percent } = objectFrom('targetProgress', value, '{ id, percent }');
    return {
      kind: 'targetProgress',
      id: stringFrom('targetProgress: id', id),
      percent: checkPercent('targetProgress: percent', percent),
    };
  },
  record: (value, now) => ({ kind: 'record', record: checkRecord('record', value, now) }),
  log: (value, now) => {
    const { level, text } = objectFrom('log', value, '{ level, text }');
    return { kind: 'log', line: checkLogLine('log', level, text, now) };
  },
  status: (value) => ({ kind: 'status', text: checkStatusMessage('status', value) }),
  rows: (value) => ({ kind: 'rows', rows: checkRows('rows', value) }),
  result: (value) => ({ kind: 'result', result: checkResult('the result', value) }),
} as const satisfies Record<Report['kind'], Reader>;

const WANTED = `an object with one of ${Object.keys(READERS).join(', ')}`;

/** Throws SyntaxError, TypeError or RangeError, saying what is wrong with the line. */
export function parseReport(line: Buffer, now: number): Report {
  const object = objectFrom('it', parseJson(line), `of one member: ${Object.keys(READERS).join(', ')}`);
  const [[name, value] = ['', undefined], ...more] = Object.entries(object);
  if (!Object.hasOwn(READERS, name) || more.length > 0) throw new TypeError(`expected ${WANTED}`);
  return READERS[name as keyof typeof READERS](value, now);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(line: Buffer): unknown {
  let text: string;
  try {
    text = UTF8.decode(line);
  } catch {
    throw new SyntaxError('it is not UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError(`it is not JSON: ${JSON.stringify(excerpt(text))}`);
  }
}

/** What a program printed by mistake, recognisable. */
function excerpt(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 100).toWellFormed()}…`;
}
