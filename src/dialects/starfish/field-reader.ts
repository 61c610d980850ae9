import type { Json } from '../../core/job.ts';
import type { Fields } from './fields.ts';
import type { ModelState } from './model-state.ts';

const INT32 = { smallest: -2_147_483_648, largest: 2_147_483_647 } as const;
/** Of a value that is repeated in an error. */
const LONGEST_SHOWN = 64;

/**
 * Reads members as Json.NET converts them, whatever format they came in: text where a number is meant and a
 * number where text is meant will do. A member that is not there is null, and one that is null is not there.
 * Mistakes go to the ModelState, in Json.NET's words, and the member counts as null.
 */
export class FieldReader {
  readonly #fields: Fields;
  readonly #state: ModelState;

  constructor(fields: Fields, state: ModelState) {
    this.#fields = fields;
    this.#state = state;
  }

  text(name: string): string | null {
    const value = this.#value(name);
    switch (typeof value) {
      case 'string':
        return value.isWellFormed()
          ? value
          : this.refuse(name, `The field ${name} is not well-formed Unicode.`);
      case 'boolean':
        return String(value);
      case 'number':
        // Beyond it a number is no longer the one that the client wrote.
        if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
        return this.refuse(name, `The number in the field ${name} is too large; send it as a string.`);
      default:
        return value === null ? null : this.#cannotConvert(name, value, 'string');
    }
  }

  boolean(name: string): boolean | null {
    const value = this.#value(name);
    if (value === null || typeof value === 'boolean') return value;
    const word = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
    if (word === 'true' || word === '1') return true;
    if (word === 'false' || word === '0') return false;
    return this.#cannotConvert(name, value, 'boolean');
  }

  /** An Int32. */
  integer(name: string): number | null {
    const value = this.#value(name);
    if (value === null) return null;
    const digits = typeof value === 'string' ? value.trim() : value;
    const number = typeof digits === 'string' && /^[+-]?\d+$/.test(digits) ? Number(digits) : digits;
    if (typeof number !== 'number' || !Number.isInteger(number)) {
      return this.#cannotConvert(name, value, 'integer');
    }
    if (number < INT32.smallest || number > INT32.largest) {
      return this.refuse(name, `The integer is too large or too small for an Int32. Path '${name}'.`);
    }
    return number;
  }

  /** Says what is wrong with a member. */
  refuse(name: string, error: string): null {
    this.#state.add(`request.${name}`, error);
    return null;
  }

  #value(name: string): Json {
    return this.#fields.get(name.toLowerCase()) ?? null;
  }

  #cannotConvert(name: string, value: NonNullable<Json>, to: 'string' | 'boolean' | 'integer'): null {
    const from = Array.isArray(value) ? 'array' : typeof value;
    const shown = typeof value === 'object' ? '' : `: ${excerpt(String(value))}`;
    return this.refuse(name, `Could not convert ${from} to ${to}${shown}. Path '${name}'.`);
  }
}

function excerpt(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`.toWellFormed();
}
