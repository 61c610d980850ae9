import { HttpError } from './http-error.ts';

const MOST_PAIRS = 1_000;

/**
 * The pairs of an application/x-www-form-urlencoded body, in their order, names that come twice
 * included (WHATWG URL, section 5.1). Throws HttpError 400 for an escape that is malformed or is not
 * UTF-8, which browsers would let pass, and for more than 1,000 pairs.
 */
export function parseForm(text: string): [name: string, value: string][] {
  const pieces = text.split('&', MOST_PAIRS + 1).filter((piece) => piece !== '');
  if (pieces.length > MOST_PAIRS) throw malformed(`a form may have at most ${MOST_PAIRS} fields`);
  return pieces.map((piece, index) => {
    const [name = ''] = piece.split('=', 1);
    const where = `field ${index + 1} of the form`;
    return [decodeField(name, where), decodeField(piece.slice(name.length + 1), where)];
  });
}

function decodeField(text: string, where: string): string {
  try {
    // Not replaceAll: 10 MB of plus signs took it 4 s.
    return decodeURIComponent(text.split('+').join(' '));
  } catch {
    throw malformed(`${where}: a % must begin an escape (%XX), and escapes must be UTF-8`);
  }
}

function malformed(message: string): HttpError {
  return new HttpError(400, 'BODY_MALFORMED', message);
}
