import { transportCharset } from '../text/transport-charset.ts';
import { decodeXml } from './decode-xml.ts';
import type { XmlLimits } from './xml-limits.ts';
import { XmlReader } from './xml-reader.ts';

const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** An element of a small document, with everything in it. */
export interface XmlElement {
  /** '' = none. */
  readonly namespace: string;
  /** Without its prefix. */
  readonly name: string;
  /** Those in no namespace, without declarations; as written, neither trimmed nor converted. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Whether it says `xsi:nil="true"`. */
  readonly nil: boolean;
  readonly children: readonly XmlElement[];
  /** Its own character data, white space included; that of its children is theirs. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/**
 * The root of one whole document. The tree is built from the scanner's events: what is judged and
 * what is used are one reading. For REST documents, of a few dozen elements; bounded by `limits`.
 *
 * Throws CharsetError, and XmlError for what is not well-formed or beyond a limit.
 */
export function parseXmlDocument(
  body: Buffer,
  contentType: string | undefined,
  limits: XmlLimits,
): XmlElement {
  const reader = new XmlReader(decodeXml(body, transportCharset(contentType)), limits);
  let root: OpenElement | undefined;
  const open: OpenElement[] = [];
  for (;;) {
    const parent = open.at(-1);
    switch (reader.read()) {
      case 'start': {
        const element = startedElement(reader);
        if (parent) parent.children.push(element);
        else root = element;
        open.push(element);
        break;
      }
      case 'text':
        if (parent) parent.text += reader.text;
        break;
      case 'end':
        open.pop();
        break;
      case 'eof':
        if (!root) throw new Error('the reader came to the end without a root');
        return root;
    }
  }
}

function startedElement(reader: XmlReader): OpenElement {
  const nil = reader.attribute(INSTANCE, 'nil')?.trim();
  return {
    namespace: reader.namespace,
    name: reader.localName,
    attributes: reader.plainAttributes(),
    nil: nil === 'true' || nil === '1',
    children: [],
    text: '',
  };
}
