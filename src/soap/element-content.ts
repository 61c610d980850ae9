import { quote } from '../xml/quote.ts';
import { isBlank } from '../xml/xml-characters.ts';
import type { ElementReader } from './element-reader.ts';
import { InvalidValue } from './invalid-value.ts';

/**
 * From the start of an element, or the end of one of its children: goes on to the next
 * child; false = to the element's own end. Throws InvalidValue on text between them.
 */
export function nextChild(reader: ElementReader, expected: string): boolean {
  for (;;) {
    const event = reader.read();
    if (event === 'start') return true;
    if (event !== 'text') return false;
    if (!isBlank(reader.text)) {
      throw new InvalidValue(
        reader.path(),
        `expected ${expected}, got the text ${quote(reader.text.trim())}`,
      );
    }
  }
}

/** From an element's start to its end: the text in it. Throws InvalidValue when there are elements in it. */
export function textContent(reader: ElementReader, expected: string): string {
  let event = reader.read();
  if (event === 'end') return '';
  let text = '';
  if (event === 'text') {
    text = reader.text;
    event = reader.read();
    if (event === 'end') return text;
  }
  throw new InvalidValue(
    reader.path().slice(0, -1),
    `expected ${expected}, got the element ${quote(reader.localName)}`,
  );
}

/** From an element's start to its end, whatever is in it. */
export function skipContent(reader: ElementReader): void {
  const { depth } = reader;
  while (reader.read() !== 'end' || reader.depth > depth);
}
