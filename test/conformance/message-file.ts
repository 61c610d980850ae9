/** A file that holds an HTTP message: its head by lines, and the bytes of its body. */
export interface MessageFile {
  /** Request line or status line. */
  readonly startLine: string;
  /** As `Name: value`. */
  readonly fields: readonly string[];
  /** One character a byte. */
  readonly body: string;
}

/** The head's lines may end in LF alone, as an editor leaves them; what follows the first empty line is the body. */
export function parseMessageFile(bytes: Buffer): MessageFile {
  const text = bytes.toString('latin1');
  const gap = /\r?\n\r?\n/.exec(text);
  const head = gap ? text.slice(0, gap.index) : text.trimEnd();
  const [startLine = '', ...fields] = head.split(/\r?\n/);
  return { startLine, fields, body: gap ? text.slice(gap.index + gap[0].length) : '' };
}

export function fieldName(field: string): string {
  return field.slice(0, field.indexOf(':')).toLowerCase();
}

export function fieldValue(field: string): string {
  return field.slice(field.indexOf(':') + 1).trim();
}
