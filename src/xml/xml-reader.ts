import { AttributeList, resolvePrefix } from './attribute-list.ts';
import { NamespaceScope } from './namespace-scope.ts';
import { xmlDeclarationEnd } from './xml-declaration.ts';
import type { XmlLimits } from './xml-limits.ts';
import { clipName, XmlSource } from './xml-source.ts';

/** What the reader stands on. `eof` comes once the whole document has been found well-formed. */
export type XmlEvent = 'start' | 'end' | 'text' | 'eof';

const EXCLAMATION = 0x21;
const SLASH = 0x2f;
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;

/**
 * A cursor over one document, strict by XML 1.0 and Namespaces in XML 1.0: whatever is
 * not well-formed throws an XmlError from the step that meets it. Stricter than XML in
 * what SOAP forbids (1.1, section 3): no document type declaration, hence no entities but
 * the five predefined, and no processing instructions. Every step costs no more than the
 * characters that it passes.
 */
export class XmlReader {
  readonly #source: XmlSource;
  readonly #scope = new NamespaceScope();
  readonly #attributes = new AttributeList();
  /** The open elements' names as written, and what of the scope was there before each. */
  readonly #names: string[] = [];
  readonly #scopeMarks: number[] = [];
  /** Of each open element, how many elements have begun in it. */
  readonly #children: number[] = [];
  #position: number;
  #elements = 0;
  /** The start tag just read was an empty-element tag, so its end is the next event. */
  #emptyElement = false;
  /** The element whose end was the last event leaves with the next step. */
  #ended = false;

  /** Of the element whose start was read last. */
  localName = '';
  /** Of the same; '' = none. */
  namespace = '';
  /** After `text`: all character data up to the next tag, across comments and CDATA sections; never empty. */
  text = '';

  constructor(text: string, limits: XmlLimits) {
    this.#source = new XmlSource(text, limits);
    this.#position = xmlDeclarationEnd(this.#source.text);
    if (this.#position === -1) this.#source.fail('the XML declaration is not well-formed', 0);
  }

  /** Levels of elements open, counted likewise to `path`. */
  get depth(): number {
    return this.#names.length;
  }

  /** Local names from the root to where the reader is, the element whose end was read last included. */
  path(): string[] {
    return this.#names.map((name) => name.slice(name.indexOf(':') + 1));
  }

  /** The value of an attribute of the element whose start was read last; namespace '' = unprefixed. */
  attribute(namespace: string, localName: string): string | undefined {
    return this.#attributes.value(namespace, localName);
  }

  /** Tells of every attribute of the same, declarations included. */
  forEachAttribute(visit: (namespace: string, localName: string, value: string) => void): void {
    this.#attributes.forEach(visit);
  }

  /** Every unprefixed attribute of the element whose start was read last, declarations left out. */
  plainAttributes(): ReadonlyMap<string, string> {
    return this.#attributes.plain();
  }

  /** Goes one step on. */
  read(): XmlEvent {
    if (this.#ended) this.#leaveElement();
    if (this.#emptyElement) {
      this.#emptyElement = false;
      this.#ended = true;
      return 'end';
    }
    if (this.#names.length === 0) return this.#readOutsideRoot();
    if (this.#readText()) return 'text';
    return this.#source.text.charCodeAt(this.#position + 1) === SLASH
      ? this.#readEndTag()
      : this.#readStartTag();
  }

  #readOutsideRoot(): XmlEvent {
    const source = this.#source;
    const rootIsOver = this.#elements > 0;
    let at = source.skipSpace(this.#position);
    while (source.text.startsWith('<!--', at)) at = source.skipSpace(source.commentEnd(at));
    this.#position = at;
    if (at === source.text.length) return rootIsOver ? 'eof' : source.fail('the document has no element', at);
    if (source.text.charCodeAt(at) !== LESS_THAN || source.text.startsWith('<![', at)) {
      source.fail(rootIsOver ? 'text after the root element' : 'text before the root element', at);
    }
    source.refuseOtherMarkup(at);
    if (rootIsOver) source.fail('something after the root element', at);
    return this.#readStartTag();
  }

  /** Collects text up to the next tag; false = there was none. */
  #readText(): boolean {
    const source = this.#source;
    const { text } = source;
    let at = this.#position;
    let collected = '';
    for (;;) {
      const next = text.indexOf('<', at);
      if (next === -1) source.fail(`the document ends inside <${clipName(this.#openName())}>`, text.length);
      if (next > at) collected += source.characterData(at, next);
      at = next;
      if (text.charCodeAt(at + 1) !== EXCLAMATION) break;
      if (text.startsWith('<!--', at)) {
        at = source.commentEnd(at);
      } else if (text.startsWith('<![CDATA[', at)) {
        const end = text.indexOf(']]>', at + 9);
        if (end === -1) source.fail('a CDATA section is not closed', at);
        collected += text.slice(at + 9, end);
        at = end + 3;
      } else {
        source.refuseOtherMarkup(at);
      }
    }
    this.#position = at;
    this.text = collected;
    return collected !== '';
  }

  #readStartTag(): XmlEvent {
    const source = this.#source;
    const { text, limits } = source;
    const at = this.#position;
    source.refuseOtherMarkup(at);
    let end = source.nameEnd(at + 1);
    const colon = source.colon;
    const name = text.slice(at + 1, end);
    if (this.#names.length === limits.depth) source.fail(`more than ${limits.depth} levels of elements`, at);
    if (++this.#elements > limits.elements) source.fail(`more than ${limits.elements} elements`, at);
    this.#countChild(at);
    this.#names.push(name);
    this.#children.push(0);
    this.#scopeMarks.push(this.#scope.mark);

    if (text.charCodeAt(end) === GREATER_THAN) this.#attributes.clear();
    else end = this.#attributes.read(source, end, this.#scope);
    this.#emptyElement = text.charCodeAt(end) === SLASH;
    if (this.#emptyElement) end++;
    if (text.charCodeAt(end) !== GREATER_THAN) source.fail(`the tag <${clipName(name)} is not closed`, end);
    this.#position = end + 1;

    this.namespace = resolvePrefix(source, at, this.#scope, colon === -1 ? '' : name.slice(0, colon));
    this.localName = colon === -1 ? name : name.slice(colon + 1);
    return 'start';
  }

  #countChild(at: number): void {
    const parent = this.#children.length - 1;
    if (parent < 0) return;
    const count = (this.#children[parent] ?? 0) + 1;
    this.#children[parent] = count;
    const { children } = this.#source.limits;
    if (children !== undefined && count > children) {
      this.#source.fail(`more than ${children} elements in <${clipName(this.#openName())}>`, at);
    }
  }

  #readEndTag(): XmlEvent {
    const source = this.#source;
    const expected = this.#openName();
    const from = this.#position + 2;
    let end = from + expected.length;
    if (source.text.charCodeAt(end) !== GREATER_THAN) end = source.skipSpace(end);
    if (!source.text.startsWith(expected, from) || source.text.charCodeAt(end) !== GREATER_THAN) {
      source.fail(`</${clipName(expected)}> is expected here`, this.#position);
    }
    this.#position = end + 1;
    this.#ended = true;
    return 'end';
  }

  #leaveElement(): void {
    this.#ended = false;
    this.#names.pop();
    this.#children.pop();
    this.#scope.leave(this.#scopeMarks.pop() ?? 0);
  }

  #openName(): string {
    return this.#names[this.#names.length - 1] ?? '';
  }
}
