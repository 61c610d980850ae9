const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/**
 * Which prefix stands for which namespace, at the place where the reader is. One map for
 * the whole document and a log of what each element overwrote: a lookup costs the same
 * however many declarations there are and however deep they stand.
 */
export class NamespaceScope {
  /** The empty prefix is the default namespace, the empty URI none. */
  readonly #bindings = new Map<string, string>([
    ['', ''],
    ['xml', XML_NAMESPACE],
  ]);
  readonly #overwritten: { prefix: string; uri: string | undefined }[] = [];

  /** To be handed to `leave` when the element ends. */
  get mark(): number {
    return this.#overwritten.length;
  }

  declare(prefix: string, uri: string): void {
    this.#overwritten.push({ prefix, uri: this.#bindings.get(prefix) });
    this.#bindings.set(prefix, uri);
  }

  lookUp(prefix: string): string | undefined {
    return this.#bindings.get(prefix);
  }

  /** Takes back every declaration since `mark`. */
  leave(mark: number): void {
    while (this.#overwritten.length > mark) {
      const last = this.#overwritten.pop();
      if (last?.uri === undefined) this.#bindings.delete(last?.prefix ?? '');
      else this.#bindings.set(last.prefix, last.uri);
    }
  }
}

/** What is wrong with such a declaration by Namespaces in XML 1.0; undefined = nothing. */
export function declarationProblem(prefix: string, uri: string): string | undefined {
  if (prefix === 'xmlns') return 'the prefix xmlns cannot be declared';
  if (prefix !== '' && uri === '') return `the prefix ${prefix.slice(0, 40)} is declared without a namespace`;
  if ((prefix === 'xml') !== (uri === XML_NAMESPACE))
    return 'the prefix xml and its namespace belong together';
  if (uri === XMLNS_NAMESPACE) return `${XMLNS_NAMESPACE} cannot be declared`;
  return undefined;
}
