import type { XmlEvent } from '../xml/xml-reader.ts';

/**
 * What a decoder reads values from: an XmlReader, or a reader of one that has the same events
 * and says the same of where it is. See XmlReader for the members.
 */
export interface ElementReader {
  readonly localName: string;
  readonly namespace: string;
  readonly text: string;
  readonly depth: number;
  path(): string[];
  attribute(namespace: string, localName: string): string | undefined;
  read(): XmlEvent;
}
