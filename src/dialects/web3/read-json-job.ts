import { JobgateError } from '../../core/error.ts';
import type { Json } from '../../core/job.ts';
import { type JsonLimits, parseJson } from '../../http/json-body.ts';
import { repeatedMember } from '../../http/repeated-member.ts';
import { quote } from '../../xml/quote.ts';
import type { GivenJob } from './given-job.ts';

/**
 * `{"JobType":2,"Status":1,"Parameters":"…"}`. Members that a JobRepr has not are passed over. Throws INVALID_ARGUMENT, and
 * HttpError 400.
 */
export function readJsonJob(text: string, limits: JsonLimits): GivenJob {
  const given = parseJson(text, limits);
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    throw invalid('expected an object with JobType, Status and Parameters');
  }
  const repeated = repeatedMember(text);
  if (repeated !== undefined) throw invalid(`the member ${quote(repeated)} is there twice`);
  return {
    type: number(given, 'JobType'),
    status: number(given, 'Status'),
    parameters: string(given, 'Parameters'),
  };
}

function number(object: Record<string, Json>, name: string): number | null {
  const value = member(object, name);
  if (value === null || typeof value === 'number') return value;
  throw invalid(`${name}: expected a number`);
}

function string(object: Record<string, Json>, name: string): string | null {
  const value = member(object, name);
  if (value === null || typeof value === 'string') return value;
  throw invalid(`${name}: expected a string`);
}

function member(object: Record<string, Json>, name: string): Json {
  return Object.hasOwn(object, name) ? (object[name] ?? null) : null;
}

function invalid(message: string): JobgateError {
  return new JobgateError('INVALID_ARGUMENT', message);
}
