import type { Json } from '../../core/job.ts';
import { parseForm } from '../../http/form-body.ts';
import type { Fields } from './fields.ts';
import { InvalidRequest } from './model-state.ts';

/** Names match without regard to case; an empty value is none, which is how ASP.NET binds forms. */
export function readFormFields(text: string): Fields {
  const fields = new Map<string, Json>();
  for (const [name, value] of parseForm(text)) {
    const key = name.toLowerCase();
    if (fields.has(key))
      throw InvalidRequest.asWhole(`The form has the field ${name.slice(0, 64)} more than once.`);
    fields.set(key, value === '' ? null : value);
  }
  return fields;
}
