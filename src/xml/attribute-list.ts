import { declarationProblem, type NamespaceScope, XMLNS_NAMESPACE } from './namespace-scope.ts';
import { clipName, type XmlSource } from './xml-source.ts';

const QUOTATION = 0x22;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const GREATER_THAN = 0x3e;

/** Most elements of a large document have none: a map for each took twice the time of all the rest. */
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** From here on a Set is quicker than comparing each with each. */
const FEW = 8;

/** The attributes of the start tag that the reader stands on; reused from tag to tag. */
export class AttributeList {
  #count = 0;
  /** Side by side: names as written, where their colon is (-1 = nowhere), values, namespaces ('' = none). */
  readonly #names: string[] = [];
  readonly #colons: number[] = [];
  readonly #values: string[] = [];
  readonly #namespaces: string[] = [];

  clear(): void {
    this.#count = 0;
  }

  value(namespace: string, localName: string): string | undefined {
    for (let i = 0; i < this.#count; i++) {
      if (this.#namespaces[i] === namespace && this.#localName(i) === localName) return this.#values[i];
    }
    return undefined;
  }

  /** Tells of each, in the order in which they stand. */
  forEach(visit: (namespace: string, localName: string, value: string) => void): void {
    for (let i = 0; i < this.#count; i++) {
      visit(this.#namespaces[i] ?? '', this.#localName(i), this.#values[i] ?? '');
    }
  }

  /** Those without a prefix, less the default namespace's declaration. */
  plain(): ReadonlyMap<string, string> {
    if (this.#count === 0) return NO_ATTRIBUTES;
    const plain = new Map<string, string>();
    for (let i = 0; i < this.#count; i++) {
      const name = this.#names[i] ?? '';
      if (this.#colons[i] === -1 && name !== 'xmlns') plain.set(name, this.#values[i] ?? '');
    }
    return plain;
  }

  /**
   * Reads the attributes of a tag from behind its name on, and declares in `scope` what they
   * declare. Returns where the tag goes on with `/` or `>`.
   */
  read(source: XmlSource, from: number, scope: NamespaceScope): number {
    const { text, limits } = source;
    this.#count = 0;
    let at = from;
    for (;;) {
      const start = source.skipSpace(at);
      const code = text.charCodeAt(start);
      if (code === GREATER_THAN || code === SLASH) {
        at = start;
        break;
      }
      if (start === at) source.fail('white space or the end of the tag is expected here', at);
      if (this.#count === limits.attributes) {
        source.fail(`more than ${limits.attributes} attributes on one element`, start);
      }
      at = this.#readOne(source, start);
    }
    if (this.#count > 0) this.#resolve(source, from, scope);
    return at;
  }

  #readOne(source: XmlSource, start: number): number {
    const { text } = source;
    const nameEnd = source.nameEnd(start);
    const name = text.slice(start, nameEnd);
    const colon = source.colon;
    const equals = source.skipSpace(nameEnd);
    if (text.charCodeAt(equals) !== EQUALS) {
      source.fail(`the attribute ${clipName(name)} has no value`, equals);
    }
    const open = source.skipSpace(equals + 1);
    const mark = text.charCodeAt(open);
    if (mark !== QUOTATION && mark !== APOSTROPHE) source.fail('an attribute value without quotes', open);
    const close = text.indexOf(mark === QUOTATION ? '"' : "'", open + 1);
    if (close === -1) source.fail('an attribute value is not closed', open);
    const index = this.#count++;
    this.#names[index] = name;
    this.#colons[index] = colon;
    this.#values[index] = source.attributeValue(open + 1, close);
    this.#namespaces[index] = '';
    return close + 1;
  }

  /** Declarations first, since they hold for the whole tag; then every prefixed attribute gets its namespace. */
  #resolve(source: XmlSource, tag: number, scope: NamespaceScope): void {
    let prefixed = 0;
    for (let i = 0; i < this.#count; i++) {
      const prefix = this.#prefix(i);
      if (prefix === 'xmlns') {
        this.#namespaces[i] = XMLNS_NAMESPACE;
        declare(source, tag, scope, this.#localName(i), this.#values[i] ?? '');
      } else if (prefix !== '') prefixed++;
      else if (this.#names[i] === 'xmlns') declare(source, tag, scope, '', this.#values[i] ?? '');
    }
    this.#refuseDuplicate(source, tag, firstDuplicate(this.#names, this.#count));
    if (prefixed === 0) return;
    const expandedNames: string[] = [];
    for (let i = 0; i < this.#count; i++) {
      const prefix = this.#prefix(i);
      if (prefix === '') continue;
      const namespace = prefix === 'xmlns' ? XMLNS_NAMESPACE : resolvePrefix(source, tag, scope, prefix);
      this.#namespaces[i] = namespace;
      // No name holds a space, so nothing else can come out the same.
      expandedNames.push(`${this.#localName(i)} ${namespace}`);
    }
    this.#refuseDuplicate(source, tag, firstDuplicate(expandedNames, expandedNames.length));
  }

  #refuseDuplicate(source: XmlSource, tag: number, name: string | undefined): void {
    if (name === undefined) return;
    source.fail(`the attribute ${clipName(name.split(' ')[0] ?? '')} stands there twice`, tag);
  }

  #prefix(index: number): string {
    const colon = this.#colons[index] ?? -1;
    return colon === -1 ? '' : (this.#names[index] ?? '').slice(0, colon);
  }

  #localName(index: number): string {
    return (this.#names[index] ?? '').slice((this.#colons[index] ?? -1) + 1);
  }
}

/** The namespace that a prefix stands for; throws when it stands for none. */
export function resolvePrefix(source: XmlSource, tag: number, scope: NamespaceScope, prefix: string): string {
  return scope.lookUp(prefix) ?? source.fail(`the prefix ${clipName(prefix)} is not declared`, tag);
}

function declare(source: XmlSource, tag: number, scope: NamespaceScope, prefix: string, uri: string): void {
  const problem = declarationProblem(prefix, uri);
  if (problem) source.fail(problem, tag);
  scope.declare(prefix, uri);
}

function firstDuplicate(names: readonly string[], count: number): string | undefined {
  if (count > FEW) {
    const seen = new Set<string | undefined>();
    for (let i = 0; i < count; i++) {
      if (seen.has(names[i])) return names[i];
      seen.add(names[i]);
    }
    return undefined;
  }
  for (let i = 1; i < count; i++) {
    for (let j = 0; j < i; j++) if (names[i] === names[j]) return names[i];
  }
  return undefined;
}
