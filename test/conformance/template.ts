/** What a placeholder may stand for when it is met for the first time; `anything` goes up to the text that follows it. */
const KINDS = {
  dateTime: /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z/y,
  id: /[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*/y,
  int: /-?(?:0|[1-9][0-9]*)/y,
  localTime: /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}(?![0-9Z])/y,
  seconds: /[0-5][0-9]\.[0-9]{3}(?![0-9])/y,
  token: /[A-Za-z0-9_-]{43}/y,
  uuid: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/y,
} as const;

const PLACEHOLDER = /\{\{([A-Za-z][\w-]*)(?::(\w+))?\}\}/;

/** Where a text leaves its template. */
export interface Difference {
  /** What both have in common. */
  readonly before: string;
  readonly expected: string;
  readonly actual: string;
}

/** Puts values into a template. Throws where there is none. */
export function fill(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(new RegExp(PLACEHOLDER, 'g'), (placeholder, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`${placeholder} has no value yet`);
    return value;
  });
}

/**
 * Compares, character for character. A placeholder with a value must be met by that value; one
 * without takes what its kind allows, which is then its value in `values`.
 */
export function match(template: string, actual: string, values: Map<string, string>): Difference | undefined {
  // literal, name, kind, literal, name, kind, …, literal
  const parts = template.split(PLACEHOLDER);
  let at = 0;
  for (let i = 0; i < parts.length; i += 3) {
    const literal = parts[i] ?? '';
    const name = parts[i + 1];
    const common = commonLength(literal, actual, at);
    at += common;
    if (common < literal.length) return difference(literal.slice(common), at);
    if (name === undefined) continue;
    const known = values.get(name);
    const value = known ?? take(parts[i + 2], name, parts[i + 3] ?? '', at);
    if (value === undefined || !actual.startsWith(value, at)) {
      return difference(known ?? `{{${name}:${parts[i + 2]}}}`, at);
    }
    values.set(name, value);
    at += value.length;
  }
  return at === actual.length ? undefined : difference('', at);

  function take(kind: string | undefined, name: string, following: string, from: number): string | undefined {
    if (kind === undefined) throw new Error(`{{${name}}} has no value yet, and no kind to find one by`);
    if (kind === 'anything') {
      const end = following === '' ? actual.length : actual.indexOf(following, from);
      return end === -1 ? undefined : actual.slice(from, end);
    }
    if (!Object.hasOwn(KINDS, kind)) throw new Error(`{{${name}:${kind}}}: there is no such kind`);
    const pattern = KINDS[kind as keyof typeof KINDS];
    pattern.lastIndex = from;
    return pattern.exec(actual)?.[0];
  }

  function difference(expected: string, from: number): Difference {
    return { before: actual.slice(0, from), expected, actual: actual.slice(from) };
  }
}

function commonLength(literal: string, actual: string, at: number): number {
  if (actual.startsWith(literal, at)) return literal.length;
  let length = 0;
  while (length < literal.length && literal[length] === actual[at + length]) length++;
  return length;
}
