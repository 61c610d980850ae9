import { escapeText } from '../xml/escape.ts';
import type { SimpleTypeName } from './contract-model.ts';
import { formatDateTime, parseDateTime } from './date-time.ts';

interface SimpleCodec {
  /** The value that element content stands for; undefined = it is none of this type. */
  readonly parse: (content: string) => unknown;
  /** A value as element content, escaped; undefined = it is none of this type. */
  readonly format: (value: unknown) => string | undefined;
}

const INT = /^[+-]?[0-9]+$/;
/** 19 digits hold every long; without the bound a megabyte of digits would be read as one number. */
const LONG = /^([+-]?)0*([0-9]{1,19})$/;
const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

/**
 * string: string, white space as it came · int: number · long: bigint, since a number
 * would lose digits · boolean: boolean · dateTime: number, ms UTC.
 */
export const SIMPLE_TYPES: Readonly<Record<SimpleTypeName, SimpleCodec>> = {
  string: {
    parse: (content) => content,
    format: (value) => (typeof value === 'string' ? escapeText(value) : undefined),
  },
  int: {
    parse: (content) => {
      const text = collapse(content);
      const value = INT.test(text) ? Number(text) : Number.NaN;
      // Adding 0 makes -0 a plain 0.
      return isInt(value) ? value + 0 : undefined;
    },
    format: (value) => (isInt(value) ? String(value) : undefined),
  },
  long: {
    parse: (content) => {
      const match = LONG.exec(collapse(content));
      if (!match) return undefined;
      const size = BigInt(match[2] ?? '');
      const value = match[1] === '-' ? -size : size;
      return isLong(value) ? value : undefined;
    },
    format: (value) => (isLong(value) ? String(value) : undefined),
  },
  boolean: {
    parse: (content) => parseBoolean(content),
    format: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  },
  dateTime: {
    parse: (content) => parseDateTime(collapse(content)),
    format: (value) => (typeof value === 'number' ? formatDateTime(value) : undefined),
  },
};

/** xsd:boolean; undefined = it is none. */
export function parseBoolean(content: string): boolean | undefined {
  const text = collapse(content);
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return undefined;
}

/** White space around a value counts for nothing, by all types but string; inside one, none of them allows any. */
function collapse(content: string): string {
  return content.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
}

function isInt(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

function isLong(value: unknown): value is bigint {
  return typeof value === 'bigint' && value >= LONG_MIN && value <= LONG_MAX;
}
