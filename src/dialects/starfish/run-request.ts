import { TEXT_LIMITS } from '../../core/identifiers.ts';
import { FieldReader } from './field-reader.ts';
import type { Fields } from './fields.ts';
import { ModelState } from './model-state.ts';

/** What execJobRequest and execJobAsyncRequest ask for, defaults filled in. */
export interface RunRequest {
  readonly runID: string;
  readonly projectID: string;
  readonly jobID: string;
  readonly chainJobs: boolean;
  /** 0 none, 1 low, 2 medium, 3 high. */
  readonly loggingLevel: 0 | 1 | 2 | 3;
  readonly argument: string | null;
  /** Whole numbers, in digits. */
  readonly beginAtRow: string;
  /** Null = to the end of all rows. */
  readonly endAfterRow: string | null;
  readonly threadCount: string;
}

export type ExecJobAsyncRequest = RunRequest & {
  /** Absolute, http or https, without credentials; null = nobody is told. */
  readonly webHookURL: string | null;
};

export const RUN_DEFAULTS = {
  chainJobs: false,
  loggingLevel: 0,
  argument: null,
  beginAtRow: '1',
  endAfterRow: null,
  threadCount: '1',
} as const satisfies Omit<RunRequest, 'runID' | 'projectID' | 'jobID'>;

export const LONGEST_ID = 36;
const LONGEST_INSTANCE = 255;
const LONGEST_URL = 2_048;
const LARGEST_ROW = 2_147_483_647;

/** Throws InvalidRequest. */
export function toExecJobAsyncRequest(fields: Fields): ExecJobAsyncRequest {
  const state = new ModelState();
  const reader = new FieldReader(fields, state);
  const request = { ...readRun(reader), webHookURL: readUrl(reader, 'webHookURL') };
  state.check();
  return request;
}

/**
 * Throws InvalidRequest. `instance` names one of the vendor's installations: there is one here, so it is
 * checked and counts for nothing.
 */
export function toExecJobRequest(fields: Fields): RunRequest {
  const state = new ModelState();
  const reader = new FieldReader(fields, state);
  const request = readRun(reader);
  limited(reader, 'instance', LONGEST_INSTANCE);
  state.check();
  return request;
}

function readRun(reader: FieldReader): RunRequest {
  return {
    runID: readRunId(reader),
    projectID: required(reader, 'projectID'),
    jobID: required(reader, 'jobID'),
    chainJobs: reader.boolean('chainJobs') ?? RUN_DEFAULTS.chainJobs,
    loggingLevel: readLoggingLevel(reader),
    argument: limited(reader, 'argument', TEXT_LIMITS.argument),
    beginAtRow: wholeNumber(reader, 'beginAtRow', 0) ?? RUN_DEFAULTS.beginAtRow,
    endAfterRow: wholeNumber(reader, 'endAfterRow', 0),
    threadCount: wholeNumber(reader, 'threadCount', 1) ?? RUN_DEFAULTS.threadCount,
  };
}

/** "GUID-formatted", says the help page; its own sample is "sample string 1", so any text will do. */
function readRunId(reader: FieldReader): string {
  const runID = required(reader, 'runID');
  if (/\p{Cc}/u.test(runID)) reader.refuse('runID', 'The field runID must not contain control characters.');
  return runID;
}

/** As RequiredAttribute has it, white space is nothing too. */
function required(reader: FieldReader, name: string): string {
  const value = limited(reader, name, LONGEST_ID) ?? '';
  if (value.trim() === '') reader.refuse(name, `The ${name} field is required.`);
  return value;
}

/** Lengths as .NET counts them, in UTF-16 code units. */
function limited(reader: FieldReader, name: string, longest: number): string | null {
  const value = reader.text(name);
  if (value === null || value.length <= longest) return value;
  return reader.refuse(
    name,
    `The field ${name} must be a string or array type with a maximum length of '${longest}'.`,
  );
}

/** "0=None, 1=Low, 2=Medium, 3=High", and the sample sends 5: there is nothing above High. */
function readLoggingLevel(reader: FieldReader): RunRequest['loggingLevel'] {
  const level = reader.integer('loggingLevel') ?? RUN_DEFAULTS.loggingLevel;
  if (level < 0) reader.refuse('loggingLevel', 'The field loggingLevel must be 0 or more.');
  return Math.max(0, Math.min(3, level)) as RunRequest['loggingLevel'];
}

/** A number in a string, which JSON may also give as a number. */
function wholeNumber(reader: FieldReader, name: string, smallest: number): string | null {
  const value = reader.text(name);
  if (value === null) return null;
  const number = /^\s*\d+\s*$/.test(value) ? Number(value) : Number.NaN;
  if (number >= smallest && number <= LARGEST_ROW) return String(number);
  return reader.refuse(
    name,
    `The field ${name} must be a whole number between ${smallest} and ${LARGEST_ROW}.`,
  );
}

/** Which addresses may be called is decided when it is: names change their addresses meanwhile. */
function readUrl(reader: FieldReader, name: string): string | null {
  const value = limited(reader, name, LONGEST_URL);
  if (value === null) return null;
  const url = /^https?:\/\/[^\s\p{Cc}]+$/iu.test(value) && URL.canParse(value) ? new URL(value) : null;
  if (!url) return reader.refuse(name, `The ${name} field is not a valid fully-qualified http or https URL.`);
  if (url.username !== '' || url.password !== '') {
    return reader.refuse(name, `The ${name} field must not contain a user name or a password.`);
  }
  if (url.href.length <= LONGEST_URL) return url.href;
  return reader.refuse(
    name,
    `The ${name} field is longer than ${LONGEST_URL} characters once it is escaped.`,
  );
}
