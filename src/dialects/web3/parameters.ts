import { JobgateError } from '../../core/error.ts';
import { TEXT_LIMITS } from '../../core/identifiers.ts';
import type { JobParameter } from '../../core/job.ts';
import { quote } from '../../xml/quote.ts';

/** What a backslash takes for itself; before anything else it is a character like any other: `File=C:\data.csv`. */
const SPECIAL = ';=\\';
/** Of the whole list, UTF-16 code units: twice what the longest parameters can come to, escapes and separators included. */
const LONGEST_LIST = 8 * TEXT_LIMITS.parameters;

/**
 * "A semi-colon separated list of parameter=value pairs": `Name=Value;Name2=Value2`. White space around a name
 * and around the list is no part of it; one `;` may stand at the end. Throws INVALID_ARGUMENT for what is no
 * such list; that no name is empty or there twice is for core to see.
 */
export function readParameters(list: string): JobParameter[] {
  // Before it is looked at character by character: 10 MB of it took 5 s.
  if (list.length > LONGEST_LIST) {
    throw new JobgateError('INVALID_ARGUMENT', `Parameters: at most ${TEXT_LIMITS.parameters} characters`);
  }
  const parameters: JobParameter[] = [];
  let name: string | undefined;
  let text = '';
  const given = list.trim();
  for (let at = 0; at <= given.length; at += 1) {
    const character = given.charAt(at);
    const next = given.charAt(at + 1);
    if (character === '\\' && next !== '' && SPECIAL.includes(next)) {
      text += next;
      at += 1;
    } else if (character === '=' && name === undefined) {
      name = text.trim();
      text = '';
    } else if (character === ';' || character === '') {
      const isEnd = character === '' && name === undefined && text === '';
      if (!isEnd) parameters.push(pair(name, text));
      name = undefined;
      text = '';
    } else {
      text += character;
    }
  }
  return parameters;
}

function pair(name: string | undefined, value: string): JobParameter {
  if (name !== undefined) return { name, value };
  throw new JobgateError(
    'INVALID_ARGUMENT',
    `Parameters: expected Name=Value;Name2=Value2, with \\; for a semicolon; ${quote(value)} has no =`,
  );
}

export function writeParameters(parameters: readonly JobParameter[]): string {
  // A backslash that nobody would take for an escape stays alone: what a client wrote, it gets.
  const write = (text: string, special: RegExp) =>
    text.replace(/\\(?=[;=\\]|$)/g, '\\\\').replace(special, '\\$&');
  return parameters.map(({ name, value }) => `${write(name, /[;=]/g)}=${write(value, /;/g)}`).join(';');
}
