const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where what follows the string that begins at `at` begins; past the end of the text when it is not closed. */
export function afterString(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next += 1) {
    const code = text.charCodeAt(next);
    if (code === QUOTE) return next + 1;
    if (code === BACKSLASH) next += 1;
  }
  return text.length + 1;
}
