import type { XmlEvent } from '../xml/xml-reader.ts';
import type { ElementReader } from './element-reader.ts';
import type { EncodedElement } from './encoded-element.ts';
import { SOAP_ENCODING } from './encoding-style.ts';
import { InvalidValue } from './invalid-value.ts';
import { XSI_NAMESPACE } from './soap-version.ts';

/** What a message may come to once its references are followed: one element can be referred to a million times. */
export interface EncodedLimits {
  readonly elements: number;
  /** UTF-16 code units of all texts together. */
  readonly textLength: number;
}

/**
 * Reads a message whose references have been looked up as if everything stood where it is
 * referred to. It begins on the start of `root`.
 */
export class EncodedReader implements ElementReader {
  readonly #limits: EncodedLimits;
  readonly #names: string[];
  /** The open elements with what they hold, and what of each comes next: 0 = its text, 1 = its first child. */
  readonly #open: EncodedElement[] = [];
  readonly #next: number[] = [];
  #element: EncodedElement;
  #elements = 0;
  #textLength = 0;
  /** The element whose end was the last event leaves with the next step. */
  #ended = false;

  localName = '';
  namespace = '';
  text = '';

  constructor(root: EncodedElement, parentPath: readonly string[], limits: EncodedLimits) {
    this.#limits = limits;
    this.#names = [...parentPath];
    this.#element = root;
    this.#enter(root);
  }

  get depth(): number {
    return this.#names.length;
  }

  path(): string[] {
    return [...this.#names];
  }

  /** Of those that mean something in an encoded message; the referring element's own count first. */
  attribute(namespace: string, localName: string): string | undefined {
    for (let element: EncodedElement | undefined = this.#element; element; element = element.target) {
      const value = attributeOf(element, namespace, localName);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  read(): XmlEvent {
    if (this.#ended) this.#leave();
    const last = this.#open.length - 1;
    const element = this.#open[last];
    if (!element) return 'eof';
    let next = this.#next[last] ?? 0;
    if (next === 0 && element.text === '') next = 1;
    this.#next[last] = next + 1;
    if (next === 0) return this.#give(element.text);
    const child = element.children[next - 1];
    if (!child) {
      this.#ended = true;
      return 'end';
    }
    this.#enter(child);
    return 'start';
  }

  #enter(element: EncodedElement): void {
    this.#names.push(element.name);
    if (++this.#elements > this.#limits.elements) {
      this.#fail(`more than ${this.#limits.elements} elements, once references are followed`);
    }
    let content = element;
    while (content.target) content = content.target;
    this.#open.push(content);
    this.#next.push(0);
    this.#element = element;
    this.localName = element.name;
    this.namespace = element.namespace;
  }

  #leave(): void {
    this.#ended = false;
    this.#names.pop();
    this.#open.pop();
    this.#next.pop();
  }

  #give(text: string): XmlEvent {
    this.#textLength += text.length;
    if (this.#textLength > this.#limits.textLength) {
      this.#fail(`more than ${this.#limits.textLength} characters of text, once references are followed`);
    }
    this.text = text;
    return 'text';
  }

  #fail(problem: string): never {
    throw new InvalidValue(this.path(), problem);
  }
}

function attributeOf(element: EncodedElement, namespace: string, localName: string): string | undefined {
  if (namespace === XSI_NAMESPACE) return localName === 'nil' ? element.nil : undefined;
  if (namespace !== SOAP_ENCODING) return undefined;
  switch (localName) {
    case 'arrayType':
    case 'offset':
    case 'position':
      return element[localName];
    default:
      return undefined;
  }
}
