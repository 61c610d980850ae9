import { quote } from '../xml/quote.ts';
import type { EncodedElement } from './encoded-element.ts';
import { InvalidValue } from './invalid-value.ts';

/** Levels of elements, each step along a reference counted as one. What CLM's types need is 10. */
const MOST_LEVELS = 64;

/**
 * Looks up what every `href` of a Body refers to, wherever it stands. What is refused, and
 * named: an id that stands there twice, a reference to what is not in the message, one that
 * leads back to where it stands, an element with both a reference and a content, and levels
 * or references beyond all need.
 */
export function resolveReferences(elements: readonly EncodedElement[], bodyPath: readonly string[]): void {
  const byId = new Map<string, EncodedElement>();
  const path = [...bodyPath];
  for (const element of elements) collectIds(element, path, byId);
  const resolver = new Resolver(byId, path);
  for (const element of elements) resolver.visitChild(element, 1);
}

function collectIds(element: EncodedElement, path: string[], byId: Map<string, EncodedElement>): void {
  path.push(element.name);
  if (path.length > MOST_LEVELS) throw tooDeep(path);
  if (element.id !== undefined) {
    if (byId.has(element.id)) {
      throw new InvalidValue([...path], `the id ${quote(element.id)} stands there twice`);
    }
    byId.set(element.id, element);
  }
  for (const child of element.children) collectIds(child, path, byId);
  path.pop();
}

class Resolver {
  readonly #byId: ReadonlyMap<string, EncodedElement>;
  /** Of names, from the root; a step along a reference leaves it as it is. */
  readonly #path: string[];
  readonly #open = new Set<EncodedElement>();
  readonly #done = new Set<EncodedElement>();

  constructor(byId: ReadonlyMap<string, EncodedElement>, path: string[]) {
    this.#byId = byId;
    this.#path = path;
  }

  visitChild(element: EncodedElement, level: number): void {
    this.#path.push(element.name);
    this.#visit(element, level);
    this.#path.pop();
  }

  /** Every element once: what was done is done for whoever refers to it. */
  #visit(element: EncodedElement, level: number): void {
    if (this.#done.has(element)) return;
    if (level > MOST_LEVELS) throw tooDeep(this.#path);
    if (this.#open.has(element)) this.#fail('a reference that leads back to where it stands');
    this.#open.add(element);
    if (element.href !== undefined) {
      element.target = this.#targetOf(element, element.href);
      this.#visit(element.target, level + 1);
    }
    for (const child of element.children) this.visitChild(child, level + 1);
    this.#open.delete(element);
    this.#done.add(element);
  }

  #targetOf({ children, text }: EncodedElement, href: string): EncodedElement {
    if (!href.startsWith('#')) {
      this.#fail(`a reference to ${quote(href)}; only elements of the message (#id) can be referred to`);
    }
    const target = this.#byId.get(href.slice(1));
    if (!target) this.#fail(`there is no element with the id ${quote(href.slice(1))}`);
    if (children.length > 0 || text.trim() !== '') this.#fail('both a reference and a content');
    return target;
  }

  #fail(problem: string): never {
    throw new InvalidValue([...this.#path], problem);
  }
}

function tooDeep(path: readonly string[]): InvalidValue {
  return new InvalidValue([...path], `more than ${MOST_LEVELS} levels of elements and references`);
}
