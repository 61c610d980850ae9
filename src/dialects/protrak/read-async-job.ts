import { JobgateError } from '../../core/error.ts';
import type { Json } from '../../core/job.ts';
import { STATUS_WORDS } from './status.ts';

/** Of one object: the original's has ten. */
const MOST_MEMBERS = 1_000;

/** A Common Program and what it is to be given. */
export interface ProgramCall {
  readonly programName: string;
  readonly arguments: readonly Json[];
}

/**
 * The AsyncJob of a request. Of its members only `type` and `programExecutionInfo` count; a .NET client sends
 * its whole object, so the others are there with whatever they hold by default, and are passed over. Names
 * are read in whatever case, as ASP.NET does. Throws INVALID_ARGUMENT.
 */
export function readAsyncJob(body: Json): ProgramCall {
  const job = membersOf(body, 'the body, an AsyncJob,');
  checkType(job.get('type'));
  checkStatus(job.get('status'));
  const info = membersOf(job.get('programexecutioninfo'), 'programExecutionInfo');
  return { programName: readProgramName(info.get('programname')), arguments: readInfoArguments(info) };
}

/** The body of executeCommonProgramAsAsyncJob: the arguments themselves. Throws INVALID_ARGUMENT. */
export function readArguments(body: Json): readonly Json[] {
  if (!Array.isArray(body)) throw invalid(`the body must be a JSON array of arguments, not ${kindOf(body)}`);
  return body;
}

function readInfoArguments(info: ReadonlyMap<string, Json>): readonly Json[] {
  const given = info.get('arguments') ?? [];
  if (Array.isArray(given)) return given;
  throw invalid(`programExecutionInfo.arguments must be an array or null, not ${kindOf(given)}`);
}

function readProgramName(given: Json | undefined): string {
  if (typeof given === 'string' && given !== '') return given;
  throw invalid(`programExecutionInfo.programName must be the name of a program, not ${kindOf(given)}`);
}

/** By its name alone: the source prints no numbers of AsyncJobType. */
function checkType(given: Json | undefined): void {
  if (typeof given === 'string' && given.toLowerCase() === 'executecommonprogram') return;
  const what = typeof given === 'string' && given !== '' ? 'another type' : kindOf(given);
  throw invalid(`type must be "ExecuteCommonProgram", not ${what}`);
}

/** Counts for nothing, but one that there is not is a mistake. Its numbers are not known either: any is let through. */
function checkStatus(given: Json | undefined): void {
  if (given === undefined || given === null || Number.isInteger(given)) return;
  const word = typeof given === 'string' ? given.toLowerCase() : '';
  if (STATUS_WORDS.some((known) => known.toLowerCase() === word)) return;
  throw invalid(`status must be one of ${STATUS_WORDS.join(', ')}`);
}

/** By their names in lower case. A name that is there twice is not decided by chance. */
function membersOf(given: Json | undefined, what: string): ReadonlyMap<string, Json> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalid(`${what} must be an object, not ${kindOf(given)}`);
  }
  const names = Object.keys(given);
  if (names.length > MOST_MEMBERS) throw invalid(`${what} may have at most ${MOST_MEMBERS} members`);
  const members = new Map<string, Json>();
  for (const name of names) {
    const known = name.toLowerCase();
    if (members.has(known)) throw invalid(`${what} has the same member twice, spelt in two ways`);
    members.set(known, given[name] ?? null);
  }
  return members;
}

function kindOf(given: Json | undefined): string {
  if (given === undefined) return 'absent';
  if (given === null) return 'null';
  if (given === '') return 'empty';
  if (Array.isArray(given)) return 'an array';
  return typeof given === 'object' ? 'an object' : `a ${typeof given}`;
}

function invalid(message: string): JobgateError {
  return new JobgateError('INVALID_ARGUMENT', message);
}
