/**
 * The text is not a document that we take: not well-formed, or beyond a limit. The
 * message is meant for the sender; it ends in the place and quotes at most a short
 * piece of what came.
 */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;

  constructor(problem: string, line: number, column: number) {
    super(`${problem} (line ${line}, column ${column})`);
    this.line = line;
    this.column = column;
  }

  /** Counts the lines up to `offset` of `text`, which costs nothing until something is wrong. */
  static at(problem: string, text: string, offset: number): XmlError {
    let line = 1;
    let lineStart = 0;
    for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', lineStart)) {
      line++;
      lineStart = next + 1;
    }
    return new XmlError(problem, line, offset - lineStart + 1);
  }
}
