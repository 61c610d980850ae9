import { quote } from '../xml/quote.ts';
import type { CompileArray } from './compile-decoder.ts';
import { nextChild } from './element-content.ts';
import type { ElementReader } from './element-reader.ts';
import { SOAP_ENCODING } from './encoding-style.ts';
import { InvalidValue } from './invalid-value.ts';

/**
 * An array by SOAP 1.1, 5.4.2: its items are told by their position, whatever they are called.
 * The size in `arrayType` counts for nothing, since the items themselves can be counted; what
 * would put them elsewhere than side by side from the first on is refused.
 */
export const compileEncodedArray: CompileArray = ({ name }, decodeItem) => {
  const expected = `items of ${name}`;
  return (reader) => {
    requirePlainArray(reader);
    const items: unknown[] = [];
    const { depth } = reader;
    try {
      while (nextChild(reader, expected)) {
        requirePlace(reader, items.length);
        items.push(decodeItem(reader));
      }
    } catch (error) {
      if (error instanceof InvalidValue && error.path[depth] !== undefined) {
        error.path[depth] += `[${items.length + 1}]`;
      }
      throw error;
    }
    return items;
  };
};

function requirePlainArray(reader: ElementReader): void {
  const size = /\[([^\]]*)\]\s*$/.exec(reader.attribute(SOAP_ENCODING, 'arrayType') ?? '')?.[1];
  if (size?.includes(',')) {
    throw new InvalidValue(reader.path(), 'an array of more than one dimension is not accepted');
  }
  const offset = reader.attribute(SOAP_ENCODING, 'offset');
  if (offset !== undefined && indexOf(offset) !== 0) {
    throw new InvalidValue(
      reader.path(),
      `an array that begins elsewhere than at its first item (offset ${quote(offset)}) is not accepted`,
    );
  }
}

function requirePlace(reader: ElementReader, index: number): void {
  const position = reader.attribute(SOAP_ENCODING, 'position');
  if (position === undefined || indexOf(position) === index) return;
  throw new InvalidValue(
    reader.path(),
    `a sparse array is not accepted: expected the position [${index}], got ${quote(position)}`,
  );
}

/** As `[3]`. */
function indexOf(text: string): number {
  const digits = /^\s*\[\s*([0-9]{1,9})\s*\]\s*$/.exec(text)?.[1];
  return digits === undefined ? Number.NaN : Number(digits);
}
