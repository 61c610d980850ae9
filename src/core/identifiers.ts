import { JobgateError } from './error.ts';
import type { JobParameter } from './job.ts';

/** Lengths are code points; a surrogate pair is one. */
export const TEXT_LIMITS = {
  jobId: 64,
  group: 64,
  targetId: 256,
  program: 255,
  argument: 1_048_576,
  parameterName: 255,
  /** All parameters of a job together, names and values. */
  parameters: 65_536,
  comment: 1_024,
  recordErrorMessage: 131_072,
  username: 64,
  password: 1_024,
  schedule: 255,
  description: 4_096,
} as const;

const JOB_ID = /^[\x21-\x7E]{1,64}$/;
const CONTROL = /\p{Cc}/u;
/** HTTP Basic separates name and password by a colon, so a name cannot have one. */
const USERNAME = /^[\x21-\x39\x3B-\x7E]{1,64}$/;

/** Each check throws INVALID_ARGUMENT naming `field`, the caller's own word for the value. */
export function checkJobId(field: string, value: string): string {
  if (value === '') throw invalid(`${field} is missing`);
  if (!JOB_ID.test(value)) {
    throw invalid(`${field} must be 1 to ${TEXT_LIMITS.jobId} printable ASCII characters without spaces`);
  }
  return value;
}

export function checkGroup(field: string, value: string): string {
  return checkName(field, value, TEXT_LIMITS.group);
}

/** A run's key is its jobs' group, so it is named as groups are; Starfish's own sample has spaces in it. */
export function checkRunKey(field: string, value: string): string {
  if (value === '') throw invalid(`${field} is missing`);
  return checkGroup(field, value);
}

export function checkTargetId(field: string, value: string): string {
  return checkName(field, value, TEXT_LIMITS.targetId);
}

export function checkScheduleName(field: string, value: string): string {
  if (value === '') throw invalid(`${field} is missing`);
  return checkName(field, value, TEXT_LIMITS.schedule);
}

/** Free text: anything but half a surrogate pair. */
export function checkText(field: string, value: string, limit: number): string {
  if (!value.isWellFormed()) throw invalid(`${field} is not well-formed Unicode`);
  if (longerThan(value, limit)) throw invalid(`${field} must be at most ${limit} characters`);
  return value;
}

/** Names are not empty, come once each, and have no control characters; all together are bounded. */
export function checkParameters(parameters: readonly JobParameter[]): readonly JobParameter[] {
  const names = new Set<string>();
  for (const { name, value } of parameters) {
    if (name === '') throw invalid('a parameter has no name');
    checkName('the name of a parameter', name, TEXT_LIMITS.parameterName);
    if (names.has(name)) throw invalid(`the parameter "${name}" is there twice`);
    names.add(name);
    checkText(`the parameter "${name}"`, value, TEXT_LIMITS.parameters);
  }
  const all = parameters.map(({ name, value }) => name + value).join('');
  checkText('the parameters together', all, TEXT_LIMITS.parameters);
  return parameters;
}

export function isUsername(value: string): boolean {
  return USERNAME.test(value);
}

export function checkUsername(value: string): string {
  if (isUsername(value)) return value;
  throw invalid(
    `a user name must be 1 to ${TEXT_LIMITS.username} printable ASCII characters without spaces or colons`,
  );
}

function checkName(field: string, value: string, limit: number): string {
  if (CONTROL.test(value)) throw invalid(`${field} must not contain control characters`);
  return checkText(field, value, limit);
}

/** Whether `value` has more than `limit` code points, without walking what is surely short or surely long. */
function longerThan(value: string, limit: number): boolean {
  if (value.length <= limit) return false;
  if (value.length > limit * 2) return true;
  let count = 0;
  for (const _ of value) count += 1;
  return count > limit;
}

function invalid(message: string): JobgateError {
  return new JobgateError('INVALID_ARGUMENT', message);
}
