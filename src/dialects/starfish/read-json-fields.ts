import { type JsonLimits, parseJson } from '../../http/json-body.ts';
import type { Fields } from './fields.ts';
import { InvalidRequest } from './model-state.ts';

/** As of a form: a request has a dozen. Half a million took 2 s. */
const MOST_MEMBERS = 1_000;

/** Names match without regard to case, and of a name that comes twice the last value counts: Json.NET's rules. */
export function readJsonFields(text: string, limits: JsonLimits): Fields {
  const value = parseJson(text, limits);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw InvalidRequest.asWhole('The JSON value must be an object.');
  }
  const names = Object.keys(value);
  if (names.length > MOST_MEMBERS)
    throw InvalidRequest.asWhole(`The JSON object may have at most ${MOST_MEMBERS} members.`);
  return new Map(names.map((name) => [name.toLowerCase(), value[name] ?? null]));
}
