import { expandReferences } from './references.ts';
import { findIllegalCharacter, isNameCharacter, isNameStart, isSpace } from './xml-characters.ts';
import { XmlError } from './xml-error.ts';
import type { XmlLimits } from './xml-limits.ts';

const COLON = 0x3a;
const GREATER_THAN = 0x3e;
const QUESTION = 0x3f;
const EXCLAMATION = 0x21;

/** The text of one document, with the rules for the small pieces that it is made of. */
export class XmlSource {
  readonly text: string;
  readonly limits: XmlLimits;
  /** Where the name measured last holds its colon, counted from its start; -1 = it has none. */
  colon = -1;
  /** Asked once of the whole, since most documents have none, and asking every piece of text shows. */
  readonly #hasReference: boolean;
  readonly #hasSectionEnd: boolean;

  constructor(text: string, limits: XmlLimits) {
    // XML 1.0, 2.11: as if every line end were a single line feed.
    this.text = replaced(replaced(text, '\r\n', '\n'), '\r', '\n');
    this.limits = limits;
    this.#hasReference = this.text.includes('&');
    this.#hasSectionEnd = this.text.includes(']]>');
    const illegal = findIllegalCharacter(this.text);
    if (illegal !== -1) {
      const code = this.text.charCodeAt(illegal).toString(16).toUpperCase().padStart(4, '0');
      this.fail(`U+${code} is no character that XML allows`, illegal);
    }
  }

  fail(problem: string, offset: number): never {
    throw XmlError.at(problem, this.text, offset);
  }

  skipSpace(from: number): number {
    let at = from;
    while (isSpace(this.text.charCodeAt(at))) at++;
    return at;
  }

  /** Where the QName ends that begins at `from`; leaves the place of its colon in `colon`. */
  nameEnd(from: number): number {
    const text = this.text;
    this.colon = -1;
    if (!isNameStart(text.charCodeAt(from))) this.fail('a name is expected here', from);
    let at = from + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (isNameCharacter(code)) {
        at++;
      } else if (code === COLON) {
        if (this.colon !== -1) this.fail('a second colon in a name', at);
        this.colon = at - from;
        at++;
        if (!isNameStart(text.charCodeAt(at))) this.fail('a name is expected behind the colon', at);
      } else {
        break;
      }
    }
    if (at - from > this.limits.nameLength) {
      this.fail(`a name of more than ${this.limits.nameLength} characters`, from);
    }
    return at;
  }

  /** What a stretch of text between markup says. */
  characterData(from: number, to: number): string {
    const data = this.text.slice(from, to);
    if (this.#hasSectionEnd) {
      const bracket = data.indexOf(']]>');
      if (bracket !== -1) this.fail(']]> in text', from + bracket);
    }
    return this.#hasReference && data.includes('&') ? this.#expand(data, from) : data;
  }

  /** What stands between the quotes of an attribute. */
  attributeValue(from: number, to: number): string {
    const value = this.text.slice(from, to);
    const lessThan = value.indexOf('<');
    if (lessThan !== -1) this.fail('< in an attribute value', from + lessThan);
    // XML 1.0, 3.3.3; before references are expanded, so that a written &#10; stays.
    const normalised = replaced(replaced(value, '\t', ' '), '\n', ' ');
    return normalised.includes('&') ? this.#expand(normalised, from) : normalised;
  }

  #expand(data: string, from: number): string {
    return expandReferences(data, (problem, offset) => this.fail(problem, from + offset));
  }

  /** Where the comment ends whose `<!--` stands at `at`. */
  commentEnd(at: number): number {
    const dashes = this.text.indexOf('--', at + 4);
    if (dashes === -1) this.fail('a comment is not closed', at);
    if (this.text.charCodeAt(dashes + 2) !== GREATER_THAN) this.fail('-- inside a comment', dashes);
    return dashes + 3;
  }

  /** Throws unless the `<` at `at` begins an ordinary tag. */
  refuseOtherMarkup(at: number): void {
    const next = this.text.charCodeAt(at + 1);
    if (next === QUESTION) {
      const isDeclaration = /^<\?xml[\t\n ?]/.test(this.text.slice(at, at + 6));
      const problem = isDeclaration ? 'an XML declaration after the beginning' : 'a processing instruction';
      this.fail(`${problem} is not accepted`, at);
    }
    if (next === EXCLAMATION) {
      const isDoctype = this.text.startsWith('<!DOCTYPE', at);
      this.fail(isDoctype ? 'a document type declaration is not accepted' : '<! begins nothing known', at);
    }
  }
}

/** Nearly always there is nothing to do. Not with replace, which 10 MB of carriage returns took 3 s. */
function replaced(text: string, what: string, by: string): string {
  return text.includes(what) ? text.split(what).join(by) : text;
}

/** A name cut short for a message. */
export function clipName(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}
