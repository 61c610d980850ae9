export interface MaskedSource {
  /** The source without comments; each string, template and regular expression is `'§N'`. */
  readonly code: string;
  /** The text of string N; of a template without what it interpolates. */
  readonly strings: readonly string[];
}

/** After these a slash begins a regular expression, after anything else it divides. */
const BEFORE_REGEX =
  /(?:^|[=(,:;!&|?{}[+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|delete|await|yield))\s*$/;

/**
 * Takes comments and strings out of TypeScript, so that what looks like an import in either
 * is none. TypeScript 7 has no compiler API to ask.
 */
export function maskSource(source: string): MaskedSource {
  const strings: string[] = [];
  let code = '';
  let at = 0;
  /** How deep in braces each open `${` of a template stands. */
  const templates: number[] = [];
  let braces = 0;

  const keep = (text: string) => {
    code += `'§${strings.push(text) - 1}'`;
  };
  const through = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (!match) throw new Error(`no end to what begins at: ${source.slice(at, at + 40)}`);
    at += match[0].length;
    return match[0];
  };
  const templatePart = () => {
    const text = through(/(?:[^\\`$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y);
    keep(text.replace(/`$|\$\{$/, ''));
    if (text.endsWith('${')) templates.push(braces);
  };

  while (at < source.length) {
    const char = source[at] as string;
    const two = source.slice(at, at + 2);
    if (two === '//') through(/[^\n]*/y);
    else if (two === '/*') through(/\/\*[\s\S]*?\*\//y);
    else if (char === "'") keep(through(/'(?:[^'\\]|\\[\s\S])*'/y).slice(1, -1));
    else if (char === '"') keep(through(/"(?:[^"\\]|\\[\s\S])*"/y).slice(1, -1));
    else if (char === '/' && BEFORE_REGEX.test(code))
      keep(through(/\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y));
    else if (char === '`') {
      at += 1;
      templatePart();
    } else if (char === '}' && templates.at(-1) === braces) {
      templates.pop();
      at += 1;
      templatePart();
    } else {
      if (char === '{') braces += 1;
      if (char === '}') braces -= 1;
      code += char;
      at += 1;
    }
  }
  return { code, strings };
}
