const LINE_FEED = 0x0a;
const SMALLEST_BUFFER = 4_096;

/** One line of a program's output, without its line feed. */
export interface OutputLine {
  /** At most as many as were allowed. */
  readonly bytes: Buffer;
  /** The line was longer than that: the rest is dropped. */
  readonly cut: boolean;
  /** False for a last line that no line feed ends. */
  readonly ended: boolean;
}

/** The lines of a stream, in memory of about `longest` bytes; the stream is read no faster than they are taken. */
export async function* readLines(stream: AsyncIterable<Buffer>, longest: number): AsyncGenerator<OutputLine> {
  // One buffer that grows, not a list of chunks: each of those costs some 300 bytes however short it is.
  let begun: Buffer = Buffer.alloc(0);
  let length = 0;
  let cut = false;
  const keep = (part: Buffer) => {
    const kept = Math.min(part.length, longest - length);
    cut ||= kept < part.length;
    if (length + kept > begun.length) {
      const roomy = Buffer.allocUnsafe(Math.max(SMALLEST_BUFFER, 2 * (length + kept)));
      begun.copy(roomy, 0, 0, length);
      begun = roomy;
    }
    part.copy(begun, length, 0, kept);
    length += kept;
  };
  const take = (ended: boolean): OutputLine => {
    const line = { bytes: begun.subarray(0, length), cut, ended };
    begun = Buffer.alloc(0);
    length = 0;
    cut = false;
    return line;
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      const part = chunk.subarray(from, end);
      from = end + 1;
      if (length === 0 && part.length <= longest) {
        yield { bytes: part, cut: false, ended: true };
        continue;
      }
      keep(part);
      yield take(true);
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  if (length > 0) yield take(false);
}
