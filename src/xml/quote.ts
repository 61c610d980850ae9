/**
 * A piece of somebody's input, fit for a message or a log line: at most `longest`
 * characters, in quotes, with control characters and lone surrogates as escapes.
 */
export function quote(text: string, longest = 40): string {
  if (text.length <= longest) return JSON.stringify(text);
  const cut = text.slice(0, longest);
  // A cut through the middle of a pair would leave half a character behind.
  return `${JSON.stringify(/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut)}…`;
}
