const DECLARATION =
  /<\?xml[\t\n ]+version[\t\n ]*=[\t\n ]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[\t\n ]+encoding[\t\n ]*=[\t\n ]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[\t\n ]+standalone[\t\n ]*=[\t\n ]*(?:"(?:yes|no)"|'(?:yes|no)'))?[\t\n ]*\?>/y;

/**
 * Where the XML declaration ends; 0 = there is none; -1 = it is not well-formed. Its
 * encoding has done its work by now (see decode-xml.ts), and any 1.x is read as 1.0
 * (XML 1.0, fifth edition, 2.8).
 */
export function xmlDeclarationEnd(text: string): number {
  if (!/^<\?xml[\t\n ?]/.test(text)) return 0;
  DECLARATION.lastIndex = 0;
  return DECLARATION.test(text) ? DECLARATION.lastIndex : -1;
}
