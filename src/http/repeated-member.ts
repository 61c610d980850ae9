import { afterString } from './json-string.ts';

/**
 * The first member that an object of this JSON text holds twice, at whatever depth; undefined when there is none.
 * JSON.parse takes the last one, others the first: a document that two readers read differently. The text is JSON.
 */
export function repeatedMember(text: string): string | undefined {
  /** The names so far of each open object; null for an array. */
  const open: (Set<string> | null)[] = [];
  let expectsName = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '{':
        open.push(new Set());
        expectsName = true;
        break;
      case '[':
        open.push(null);
        expectsName = false;
        break;
      case '}':
      case ']':
        open.pop();
        expectsName = false;
        break;
      case ',':
        expectsName = open.at(-1) !== null;
        break;
      case '"': {
        const end = afterString(text, at);
        if (expectsName) {
          const name = stringAt(text, at, end);
          const names = open.at(-1);
          if (names?.has(name)) return name;
          names?.add(name);
          expectsName = false;
        }
        at = end - 1;
        break;
      }
    }
  }
  return undefined;
}

/** The string whose quotes stand at `at` and before `end`. Few names have escapes, and to parse one costs ten times a slice. */
function stringAt(text: string, at: number, end: number): string {
  const plain = text.slice(at + 1, end - 1);
  return plain.includes('\\') ? JSON.parse(text.slice(at, end)) : plain;
}
