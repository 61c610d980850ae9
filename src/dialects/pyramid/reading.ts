import { JobgateError } from '../../core/error.ts';
import { checkJobId, checkRunKey } from '../../core/identifiers.ts';
import type { Json } from '../../core/job.ts';
import { parseJson, SIZE_CHECKED } from '../../http/json-body.ts';
import { nameOf } from './enumerations.ts';

export type JsonObject = Readonly<Record<string, Json>>;

/**
 * A body that is one id: `"…"` as the SDKs send it, without the quotes, or in an object `{"<member>": "…"}`.
 * Throws INVALID_ARGUMENT, HttpError 400.
 */
export function readId(body: string, member: string): string {
  return checkJobId(`the ${member}`, readBareText(body, member));
}

/** Likewise the id of an execution, which is a job group: one begun through another face may have any name. */
export function readExecutionId(body: string): string {
  return checkRunKey('the executionId', readBareText(body, 'executionId'));
}

/** Likewise, unchecked. */
export function readBareText(body: string, member: string): string {
  const text = body.trim();
  if (text === '' || text === 'null') {
    throw invalid(`the body is empty; expected the ${member} as a JSON string`);
  }
  // What does not begin as JSON's string, object or array does is the bare id, quotes forgotten.
  if (!/^["{[]/.test(text)) return text;
  const value = parseJson(text, SIZE_CHECKED);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) throw invalid(`the body is an array; expected the ${member} as a JSON string`);
  return requiredText(value as JsonObject, member);
}

/** A body that is a JSON object. Throws INVALID_ARGUMENT, HttpError 400. */
export function readObject(body: string): JsonObject {
  if (body.trim() === '') throw invalid('the body is empty; expected a JSON object');
  return asObject('the body', parseJson(body, SIZE_CHECKED));
}

export function requiredObject(object: JsonObject, member: string): JsonObject {
  const value = memberOf(object, member);
  if (value === undefined) throw invalid(`${member} is missing`);
  return asObject(member, value);
}

export function requiredText(object: JsonObject, member: string): string {
  const value = optionalText(object, member);
  if (value === undefined) throw invalid(`${member} is missing`);
  return value;
}

/** Undefined for null as for none: generated clients write out what they have not. */
export function optionalText(object: JsonObject, member: string): string | undefined {
  const value = memberOf(object, member);
  if (value !== undefined && typeof value !== 'string') throw invalid(`${member} must be a string`);
  return value;
}

/** A boolean, or `"true"` or `"false"`, which the vendor's sample sends. False where it is absent. */
export function optionalBoolean(object: JsonObject, member: string): boolean {
  const value = memberOf(object, member) ?? false;
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text !== 'true' && text !== 'false') throw invalid(`${member} must be true or false`);
  return text === 'true';
}

export function optionalArray(object: JsonObject, member: string): readonly Json[] {
  const value = memberOf(object, member) ?? [];
  if (!Array.isArray(value)) throw invalid(`${member} must be an array`);
  return value;
}

/** A number of the enumeration or a name, which is returned; undefined where it is absent. */
export function optionalEnum<T extends Readonly<Record<string, number>>>(
  object: JsonObject,
  member: string,
  table: T,
): (keyof T & string) | undefined {
  const value = memberOf(object, member);
  if (value === undefined) return undefined;
  const name = nameOf(table, value);
  if (name === undefined) {
    throw invalid(
      `${member} must be one of ${Object.entries(table)
        .map((entry) => entry.join(' '))
        .join(', ')}`,
    );
  }
  return name;
}

/** For what is ours alone: a misspelt member would otherwise be passed over in silence. */
export function refuseOthers(object: JsonObject, known: readonly string[]): void {
  const other = Object.keys(object).find((member) => !known.includes(member));
  if (other !== undefined) throw invalid(`there is a member that is none of ${known.join(', ')}`);
}

function memberOf(object: JsonObject, member: string): Json | undefined {
  return Object.hasOwn(object, member) ? (object[member] ?? undefined) : undefined;
}

function asObject(what: string, value: Json): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(`${what} must be a JSON object`);
  }
  return value;
}

function invalid(message: string): JobgateError {
  return new JobgateError('INVALID_ARGUMENT', message);
}
