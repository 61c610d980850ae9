import { parseJson } from '../../http/json-body.ts';
import type { Fields } from './fields.ts';
import { InvalidRequest } from './model-state.ts';

/** Names match without regard to case, and of a name that comes twice the last value counts: Json.NET's rules. */
export function readJsonFields(text: string): Fields {
  const value = parseJson(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw InvalidRequest.asWhole('The JSON value must be an object.');
  }
  return new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
}
