/** What one document may hold. The length of texts needs no limit of its own: the body has one. */
export interface XmlLimits {
  /** Levels of nesting; the root is level 1. */
  readonly depth: number;
  readonly elements: number;
  /** On one element, namespace declarations included. */
  readonly attributes: number;
  /** UTF-16 code units of an element's or attribute's name, prefix included. */
  readonly nameLength: number;
  /** Elements directly in one; absent = as many as there may be at all. */
  readonly children?: number;
}
